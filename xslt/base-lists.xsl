<?xml version="1.0" encoding="UTF-8"?>
<!-- The rest of TEI's core module: lists, bibliography, breaks, speech and verse, headings, images. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:v="urn:tei-edition:view"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all" expand-text="yes">

  <!-- ## Lists -->

  <xsl:template match="list" as="element()">
    <div>
      <xsl:sequence select="v:attributes(., ('list', v:tokens('list-', @type)))"/>
      <xsl:variable name="ordered" as="xs:boolean" select="
        (tokenize(@rend), string(@type)) = ('numbered', 'ordered', 'decimal') and not(label)"/>
      <xsl:apply-templates select="node()[. &lt;&lt; (../label | ../item)[1]]"/>
      <xsl:choose>
        <xsl:when test="label">
          <dl>
            <xsl:for-each-group select="label[1], label[1]/following-sibling::node()" group-starting-with="label">
              <div>
                <xsl:apply-templates select="current-group()"/>
              </div>
            </xsl:for-each-group>
          </dl>
        </xsl:when>
        <xsl:when test="item">
          <xsl:element name="{if ($ordered) then 'ol' else 'ul'}">
            <xsl:if test="item/list[@type = 'delegation']">
              <xsl:attribute name="class" select="'delegations'"/>
            </xsl:if>
            <xsl:apply-templates select="item[1], item[1]/following-sibling::node()"/>
          </xsl:element>
        </xsl:when>
        <xsl:otherwise>
          <xsl:apply-templates/>
        </xsl:otherwise>
      </xsl:choose>
    </div>
  </xsl:template>

  <!-- A run-in list: (1) one; (2) two. -->
  <xsl:template match="list[v:is-inline(.)]" as="element()" priority="0.6">
    <span>
      <xsl:sequence select="v:attributes(., 'list-inline')"/>
      <xsl:for-each select="* | text()">
        <xsl:if test="self::* and preceding-sibling::node()[1][self::*]">
          <span class="ed">
            <xsl:text> </xsl:text>
          </span>
        </xsl:if>
        <xsl:apply-templates select="."/>
      </xsl:for-each>
    </span>
  </xsl:template>

  <xsl:template match="list[v:is-inline(.)]/*" as="element()" priority="2">
    <xsl:call-template name="line"/>
  </xsl:template>

  <xsl:template match="list/head | table/head | figure/head | listPerson/head | listPlace/head | listOrg/head
    | castList/head | castGroup/head | lg/head" as="element()" priority="1">
    <xsl:call-template name="block">
      <xsl:with-param name="class" select="'list-head'"/>
    </xsl:call-template>
  </xsl:template>

  <!-- In a list with labels: a name and its description. -->
  <xsl:template match="list[label]/label" as="element()" priority="1">
    <dt>
      <xsl:sequence select="v:identity(.)"/>
      <xsl:apply-templates/>
    </dt>
  </xsl:template>

  <xsl:template match="list[label]/item" as="element()" priority="1">
    <dd>
      <xsl:sequence select="v:identity(.)"/>
      <xsl:apply-templates/>
    </dd>
  </xsl:template>

  <!-- Anything else between the items of a list: HTML wants it in an item. -->
  <xsl:template match="list[label]/*[not(self::label or self::item or self::head)]" as="element()" priority="1.5">
    <dd class="between">
      <xsl:next-match/>
    </dd>
  </xsl:template>

  <xsl:template match="list[not(label)]/*[preceding-sibling::item][not(self::item)]" as="element()" priority="1.5">
    <li class="between">
      <xsl:next-match/>
    </li>
  </xsl:template>

  <xsl:template match="list/text()[normalize-space()][preceding-sibling::item or preceding-sibling::label]" as="element()">
    <xsl:element name="{if (../label) then 'dd' else 'li'}">
      <xsl:attribute name="class" select="'between'"/>
      <xsl:value-of select="."/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="item" as="element()">
    <xsl:element name="{if (parent::list) then 'li' else 'div'}">
      <xsl:sequence select="v:attributes(., ())"/>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="headLabel | headItem" as="element()">
    <xsl:call-template name="line"/>
  </xsl:template>

  <!-- ## Titles and bibliography -->

  <xsl:template match="title" as="element()">
    <xsl:call-template name="line">
      <xsl:with-param name="as" select="if (@level = ('a', 'u')) then 'span' else 'cite'"/>
      <xsl:with-param name="class" select="'title', v:tokens('level-', @level)"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="bibl | biblStruct | biblFull" as="element()">
    <xsl:element name="{if (v:in-line(.) or not(parent::listBibl or v:holds-block(.))) then v:tag(., 'span') else 'div'}">
      <xsl:sequence select="v:attributes(., 'bibl')"/>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <!-- A reference that holds elements only: commas between them, a full stop before a note. -->
  <xsl:template match="bibl[*][not(text()[normalize-space()])][not(parent::listBibl)] | imprint | monogr | analytic" as="element()" priority="0.5">
    <xsl:element name="{if (v:holds-block(.)) then 'div' else 'span'}">
      <xsl:sequence select="v:attributes(., 'bibl')"/>
      <xsl:call-template name="parted"/>
    </xsl:element>
  </xsl:template>

  <xsl:template name="parted" as="node()*">
    <xsl:context-item as="element()" use="required"/>
    <xsl:variable name="parts" as="element()*" select="*[not(self::availability or self::note[@type = ('rights', 'capture')])][normalize-space() or @*]"/>
    <xsl:for-each select="$parts">
      <xsl:apply-templates select="."/>
      <xsl:variable name="next" as="element()?" select="$parts[. >> current()][1]"/>
      <xsl:if test="$next and not(matches(., '[.,;:]\s*$'))">
        <span class="ed">{if (self::note or $next/self::note) then '. ' else ', '}</span>
      </xsl:if>
      <xsl:text> </xsl:text>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="author | editor | respStmt | resp | publisher | pubPlace | biblScope | series
    | edition | extent | meeting | citedRange | textLang | availability | distributor | authority | sponsor | funder | principal
    | licence | relatedItem | titleStmt | editionStmt | publicationStmt | notesStmt | seriesStmt | fileDesc | sourceDesc" as="element()">
    <xsl:call-template name="line">
      <xsl:with-param name="as" select="if (v:holds-block(.)) then 'div' else 'span'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="listBibl" as="element()">
    <section>
      <xsl:sequence select="v:attributes(., 'list-bibl')"/>
      <xsl:apply-templates select="* except (bibl | biblStruct | biblFull | listBibl | msDesc)"/>
      <ol class="entries">
        <xsl:for-each select="bibl | biblStruct | biblFull | listBibl | msDesc">
          <li>
            <xsl:apply-templates select="."/>
          </li>
        </xsl:for-each>
      </ol>
    </section>
  </xsl:template>

  <!-- An entry of a list of documents: date, title, abstract. -->
  <xsl:template match="listBibl/bibl[date and title][note/@type = 'abstract']" as="element()" priority="1">
    <div>
      <xsl:sequence select="v:attributes(., 'entry')"/>
      <xsl:apply-templates/>
    </div>
  </xsl:template>

  <!-- ## Breaks -->

  <xsl:template match="milestone" as="element()?">
    <xsl:if test="not(v:in-line(.)) and not(parent::list or parent::table or parent::row)">
      <hr class="milestone"/>
    </xsl:if>
  </xsl:template>

  <!-- The number of the page that begins here: in the margin, with a mark in the line. -->
  <xsl:template match="pb | cb | gb" as="element()">
    <xsl:call-template name="page-begins">
      <xsl:with-param name="as" select="if (v:in-line(.)) then 'span' else 'div'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="page-begins" as="element()">
    <xsl:context-item as="element()" use="required"/>
    <xsl:param name="as" as="xs:string" select="'span'"/>
    <xsl:variable name="number" as="xs:string" select="normalize-space(@n)"/>
    <xsl:element name="{$as}">
      <xsl:sequence select="v:attributes(., ('pb', 'pb-column'[current()/self::cb]))"/>
      <span class="ed pb-mark" aria-hidden="true">|</span>
      <xsl:if test="$number">
        <span class="ed pb-n"><span class="unseen">{if (self::cb) then 'column ' else 'page '}</span>{$number}</span>
      </xsl:if>
      <xsl:for-each select="v:image(@facs)">
        <span class="ed pb-image"><a class="facs" href="{.}" title="{string-join(('Image of the page', $number[.]), ' ')}">image</a></span>
      </xsl:for-each>
    </xsl:element>
  </xsl:template>

  <!-- The address of the image that @facs names, or that what it points to names. An image service (IIIF) is asked for
       the whole image. -->
  <xsl:function name="v:image" as="xs:string?">
    <xsl:param name="facs" as="attribute()?"/>
    <xsl:variable name="pointer" as="xs:string?" select="tokenize($facs)[1]"/>
    <xsl:variable name="place" as="element()?" select="$pointer[starts-with(., '#')] ! key('id', v:token(substring(., 2)), root($facs))[1]"/>
    <xsl:variable name="named" as="xs:string?" select="
      if ($place) then ($place/descendant-or-self::graphic, $place/ancestor::surface[1]/graphic)[1]/@url ! v:href(.)
      else $facs[matches($pointer, '^https?://|\.(jpe?g|png|gif|webp|avif)$', 'i')] ! v:href(.)"/>
    <xsl:sequence select="$named ! replace(., '^(https?://.*)/info\.json$', '$1/full/max/0/default.jpg')"/>
  </xsl:function>

  <xsl:template match="lb" as="node()?">
    <xsl:if test="v:in-line(.)">
      <br/>
    </xsl:if>
  </xsl:template>

  <!-- ## Speech and verse in the core -->

  <xsl:template match="sp | spGrp" as="element()">
    <div>
      <xsl:sequence select="v:attributes(., 'sp')"/>
      <xsl:apply-templates/>
    </div>
  </xsl:template>

  <!-- The name of a speaker, how the words are said, and a page that begins there run into the first paragraph;
       before anything else the name stands alone. -->
  <xsl:variable name="leads" static="yes" as="xs:string+" select="'speaker', 'stage', 'pb'"/>

  <xsl:function name="v:leads" as="element()*">
    <xsl:param name="paragraph" as="element()"/>
    <xsl:variable name="before" as="element()*" select="$paragraph[self::p or self::ab][parent::sp]/preceding-sibling::*"/>
    <xsl:sequence select="$before[$before/self::speaker][every $lead in $before satisfies local-name($lead) = $leads]"/>
  </xsl:function>

  <xsl:template match="sp/*[local-name() = $leads][following-sibling::*[not(local-name() = $leads)][1][v:leads(.) intersect current()]]"
      as="empty-sequence()" priority="3"/>

  <xsl:template match="speaker" as="element()">
    <xsl:call-template name="block"/>
  </xsl:template>

  <xsl:template match="sp/p[v:leads(.)] | sp/ab[v:leads(.)]" as="element()" priority="1">
    <xsl:element name="{v:tag(., 'p')}">
      <xsl:sequence select="v:attributes(., 'turn')"/>
      <xsl:call-template name="leads"/>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <xsl:template name="leads" as="node()*">
    <xsl:context-item as="element()" use="required"/>
    <xsl:for-each select="v:leads(.)">
      <xsl:choose>
        <xsl:when test="self::pb">
          <xsl:call-template name="page-begins"/>
        </xsl:when>
        <xsl:otherwise>
          <xsl:element name="{v:tag(., 'span')}">
            <xsl:sequence select="v:attributes(., local-name())"/>
            <xsl:apply-templates/>
          </xsl:element>
          <xsl:text> </xsl:text>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="stage" as="element()">
    <xsl:element name="{if (v:in-line(.)) then v:tag(., 'span') else v:tag(., 'p')}">
      <xsl:sequence select="v:attributes(., 'stage')"/>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="l" as="element()">
    <xsl:call-template name="block">
      <xsl:with-param name="as" select="'div'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="lg" as="element()">
    <div>
      <xsl:sequence select="v:attributes(., 'lg')"/>
      <xsl:apply-templates/>
    </div>
  </xsl:template>

  <xsl:template match="head" as="element()">
    <xsl:variable name="level" as="xs:integer" select="min((6, 1 + max((1, count(ancestor::*[head][matches(local-name(), '^(div[0-7]?|listBibl)$')])))))"/>
    <xsl:variable name="heading" as="xs:boolean" select="not(v:holds-block(.)) and empty(ancestor::p | ancestor::list | ancestor::table)"/>
    <xsl:element name="{if ($heading) then 'h' || $level else 'div'}">
      <xsl:sequence select="v:attributes(., ('head', 'head-also'[current()/preceding-sibling::head]))"/>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="analytic/title" as="element()" priority="1">
    <xsl:call-template name="line">
      <xsl:with-param name="class" select="'title', 'level-a'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="graphic | media | binaryObject" as="element()?">
    <xsl:variable name="href" as="xs:string?" select="v:href(@url)"/>
    <xsl:variable name="words" as="xs:string" select="v:words((desc, ../figDesc, ../head)[1])"/>
    <xsl:choose>
      <xsl:when test="self::graphic and $href[v:is-relative(.)]">
        <img src="{$href}" alt="{$words}"/>
      </xsl:when>
      <xsl:when test="$href and v:may-link(.)">
        <a class="ref ed" href="{$href}">Image</a>
      </xsl:when>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="index | interp | interpGrp | listChange" as="empty-sequence()"/>

  <xsl:template match="g" as="element()">
    <xsl:call-template name="line"/>
  </xsl:template>

</xsl:stylesheet>
