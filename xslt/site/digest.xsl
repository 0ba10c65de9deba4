<?xml version="1.0" encoding="UTF-8"?>
<!-- One TEI file in, what the site's other pages say about it out: for a document its particulars, principles, signs
     and every place where somebody of a register occurs; for a register its entries. Elements in no namespace. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:v="urn:tei-edition:view" xmlns:s="urn:tei-edition:site"
    xmlns:map="http://www.w3.org/2005/xpath-functions/map"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all" expand-text="yes">

  <!-- The facts of the header and the signs of the legend are those of the reading view. -->
  <xsl:import href="../reading.xsl"/>

  <xsl:output method="xml" encoding="UTF-8" indent="no" omit-xml-declaration="yes"/>

  <xsl:param name="as-register" as="xs:boolean" select="false()"/>

  <xsl:mode name="principle" on-no-match="deep-skip"/>
  <xsl:mode name="entry" on-no-match="deep-skip"/>

  <xsl:template match="/" as="element()">
    <xsl:choose>
      <xsl:when test="$as-register">
        <xsl:call-template name="register"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="document"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- ## A document -->

  <xsl:template name="document" as="element(document)" xpath-default-namespace="">
    <xsl:context-item as="document-node()" use="required"/>
    <document lang="{$lang}">
      <title>{$title}</title>
      <xsl:for-each select="$header//*:titleStmt/*:title[@type = ('sub', 'alt')]">
        <subtitle>{v:words(.)}</subtitle>
      </xsl:for-each>
      <date when="{s:sorted($header)}">{$date}</date>
      <xsl:for-each select="distinct-values($kinds)">
        <kind>{.}</kind>
      </xsl:for-each>
      <xsl:sequence select="s:parties()"/>
      <xsl:sequence select="s:summary(.)"/>
      <xsl:for-each select="$archive">
        <archive>{.}</archive>
      </xsl:for-each>
      <xsl:for-each select="$credits">
        <credit>{.}</credit>
      </xsl:for-each>
      <xsl:for-each select="$header/*:fileDesc/*:titleStmt/*:author ! v:words(.)[.]">
        <author>{.}</author>
      </xsl:for-each>
      <xsl:for-each select="$header/*:fileDesc/*:titleStmt/*:respStmt[matches(string-join(*:resp), 'translat', 'i')]/(*:persName | *:name | *:orgName) ! v:words(.)[.]">
        <translator>{.}</translator>
      </xsl:for-each>
      <xsl:for-each select="$header/*:profileDesc/*:textClass/*:keywords[not(matches(@scheme, 'type|genre', 'i'))]//*:term ! v:words(.)[.]">
        <subject>{.}</subject>
      </xsl:for-each>
      <xsl:for-each select="($header/*:profileDesc/*:abstract)[1] ! v:words(.)[.]">
        <about>{.}</about>
      </xsl:for-each>
      <xsl:for-each select="distinct-values($header//*:sourceDesc//*:idno[@type = ('URI', 'URL', 'DOI')] ! v:words(.)[matches(., '^https?:')])">
        <origin>{.}</origin>
      </xsl:for-each>
      <xsl:for-each select="distinct-values($languages)">
        <original>{.}</original>
      </xsl:for-each>
      <xsl:for-each select="$header//*:particDesc//*:person[@xml:id]">
        <person id="{@xml:id}" entry="{s:named(@sameAs)}">{v:person(.)}</person>
      </xsl:for-each>
      <xsl:call-template name="dates"/>
      <xsl:call-template name="listing"/>
      <xsl:apply-templates select="$header/*:encodingDesc/*:editorialDecl/*" mode="principle"/>
      <xsl:call-template name="legend"/>
      <xsl:call-template name="mentions"/>
    </document>
  </xsl:template>

  <!-- Days that the text names, other than its own: when, and in which place. -->
  <xsl:template name="dates" as="element(day)*" xpath-default-namespace="">
    <xsl:context-item as="document-node()" use="required"/>
    <xsl:variable name="own" as="xs:string" select="s:sorted($header)"/>
    <xsl:for-each select="//*:text//*:date[@when][not(ancestor::*:bibl or ancestor::*:opener or ancestor::*:closer or ancestor::*:dateline or ancestor::*:head)]
        [matches(@when, '^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$')][not(@when = $own)]">
      <day when="{@when}" at="{s:places(.)}">{v:words(.)}</day>
    </xsl:for-each>
  </xsl:template>

  <!-- The machine's date by which documents stand in order; empty when there is none. -->
  <xsl:function name="s:sorted" as="xs:string">
    <xsl:param name="of" as="element()?"/>
    <xsl:variable name="dates" as="element()*" select="
      $of/profileDesc/(creation/date, correspDesc/correspAction[@type = 'sent']/date), $of//sourceDesc//origDate"/>
    <xsl:sequence select="string(($dates ! (@when, @when-iso, @from, @notBefore, @to, @notAfter)[1])[matches(., '^\d{4}')][1])"/>
  </xsl:function>

  <!-- Who takes part, or who writes to whom. -->
  <xsl:function name="s:parties" as="element()*">
    <xsl:for-each select="$header/profileDesc/correspDesc/correspAction[@type = ('sent', 'received')][persName | orgName | name | rs]">
      <party role="{if (@type = 'sent') then 'from' else 'to'}">
        <xsl:value-of select="(persName | orgName | name | rs) ! v:words(.)[.]" separator=", "/>
      </party>
    </xsl:for-each>
    <xsl:for-each select="$header/profileDesc/particDesc//listPerson[@type = ('participants', 'delegation')]/(person | personGrp)">
      <party>{v:person(.)}</party>
    </xsl:for-each>
  </xsl:function>

  <!-- The abstract; of a collection without one, the words before its list. -->
  <xsl:function name="s:summary" as="element()*">
    <xsl:param name="document" as="document-node()"/>
    <xsl:variable name="abstract" as="element()*" select="$header/profileDesc/abstract[normalize-space()]"/>
    <xsl:for-each select="
      if ($abstract) then ($abstract/p[normalize-space()], $abstract[not(p)])
      else $document//text/body/div[@type = 'collection']/p[normalize-space()]">
      <summary>
        <xsl:apply-templates select="node()[not(self::figure)]"/>
      </summary>
    </xsl:for-each>
  </xsl:function>

  <xsl:template name="listing" as="element()?">
    <xsl:context-item as="document-node()" use="required"/>
    <xsl:if test="//text/body/div[@type = 'collection']">
      <xsl:variable name="listed" as="element(bibl)*" select="//text/body/div[@type = 'collection']//listBibl/bibl"/>
      <xsl:variable name="years" as="xs:string*" select="sort($listed/date/@when ! substring(., 1, 4))"/>
      <collection listed="{count($listed)}" first="{$years[1]}" last="{$years[last()]}"/>
    </xsl:if>
  </xsl:template>

  <!-- ## Editorial principles -->

  <xsl:template match="editorialDecl/p" mode="principle" as="element()">
    <principle on="">
      <xsl:apply-templates/>
    </principle>
  </xsl:template>

  <xsl:template match="editorialDecl/*[not(self::p)]" mode="principle" as="element()*">
    <xsl:variable name="on" as="xs:string" select="local-name()"/>
    <xsl:for-each select="(p, self::*[not(p)])[normalize-space()]">
      <principle on="{$on}">
        <xsl:apply-templates/>
      </principle>
    </xsl:for-each>
  </xsl:template>

  <!-- ## Places in the text, and who occurs there -->

  <xsl:function name="s:is-anchor" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="exists($element/@xml:id) and s:kind($element) ne ''"/>
  </xsl:function>

  <xsl:function name="s:kind" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="
      if ($element/(self::p | self::ab | self::lg)) then '¶' else if ($element/self::sp) then 'turn'
      else if ($element/self::note[ancestor::bibl]) then ''
      else ($kinds-of-place(local-name($element)), '')[1]"/>
  </xsl:function>

  <xsl:variable name="kinds-of-place" as="map(xs:string, xs:string)" select="map {
    'head': 'heading', 'item': 'list', 'row': 'table', 'note': 'note', 'opener': 'opening', 'closer': 'close',
    'stage': 'stage direction', 'bibl': 'entry', 'salute': 'salutation', 'signed': 'signature', 'dateline': 'dateline'}"/>

  <xsl:template name="mentions" as="element(mention)*" xpath-default-namespace="">
    <xsl:context-item as="document-node()" use="required"/>
    <xsl:for-each select="//*:text//*[@who | @ref | @corresp]">
      <xsl:variable name="as" as="xs:string?" select="s:manner(.)"/>
      <xsl:if test="$as">
        <xsl:variable name="at" as="xs:string*" select="s:places(.)"/>
        <xsl:for-each select="distinct-values(tokenize((@who, @ref, @corresp)[1]) ! s:entry(., root(current())))">
          <mention entry="{.}" as="{$as}" at="{$at}"/>
        </xsl:for-each>
      </xsl:if>
    </xsl:for-each>
    <xsl:for-each-group select="$header/*:profileDesc/*:particDesc//*:listPerson[@type = ('participants', 'delegation')]/*:person"
        group-by="s:named(@sameAs)">
      <mention entry="{current-grouping-key()}" as="participant" at=""/>
    </xsl:for-each-group>
    <xsl:for-each select="$header/*:profileDesc/*:correspDesc/*:correspAction/*[@ref]">
      <xsl:variable name="as" as="xs:string" select="if (../@type = 'sent') then 'sender' else 'addressee'"/>
      <xsl:for-each select="s:entry(@ref, root())">
        <mention entry="{.}" as="{$as}" at=""/>
      </xsl:for-each>
    </xsl:for-each>
  </xsl:template>

  <!-- In which way somebody occurs: by speaking, by being there, by being named; a label or a list is no mention. -->
  <xsl:function name="s:manner" as="xs:string?">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="
      if ($element/self::sp) then 'turn'
      else if ($element/self::item[@corresp]) then 'present'
      else if ($element[@ref][not(ancestor::speaker)][not(@ref = ancestor::item/@corresp)]) then 'name'
      else ()"/>
  </xsl:function>

  <!-- The ids of the places that hold an element, the nearest first; of a broken paragraph also its beginning. -->
  <xsl:function name="s:places" as="xs:string*">
    <xsl:param name="element" as="element()"/>
    <xsl:for-each select="reverse($element/ancestor-or-self::*[s:is-anchor(.)])">
      <xsl:sequence select="v:id(.)"/>
      <xsl:if test="self::p[@part = ('M', 'F')]">
        <xsl:sequence select="preceding-sibling::p[@part = 'I'][1][s:is-anchor(.)] ! v:id(.)"/>
      </xsl:if>
    </xsl:for-each>
  </xsl:function>

  <!-- The entry that a pointer of the text means: directly, or through someone of the header. -->
  <xsl:function name="s:entry" as="xs:string?">
    <xsl:param name="pointer" as="xs:string"/>
    <xsl:param name="root" as="document-node()"/>
    <xsl:sequence select="
      if (starts-with($pointer, '#')) then key('id', v:token(substring($pointer, 2)), $root)[1]/@sameAs ! s:named(.)
      else s:named($pointer)"/>
  </xsl:function>

  <xsl:function name="s:named" as="xs:string?">
    <xsl:param name="address" as="xs:string?"/>
    <xsl:analyze-string select="string($address)" regex="^register/([\w-]+)\.xml#([\w.-]+)$">
      <xsl:matching-substring>
        <xsl:sequence select="regex-group(1) || '#' || regex-group(2)"/>
      </xsl:matching-substring>
    </xsl:analyze-string>
  </xsl:function>

  <!-- ## A register -->

  <xsl:template name="register" as="element(register)" xpath-default-namespace="">
    <xsl:context-item as="document-node()" use="required"/>
    <register lang="{$lang}">
      <title>{$title}</title>
      <xsl:for-each select="$header//*:sourceDesc/*:p[normalize-space()]">
        <about>
          <xsl:apply-templates/>
        </about>
      </xsl:for-each>
      <xsl:apply-templates select="/*:TEI/*:standOff//*[@xml:id]" mode="entry"/>
    </register>
  </xsl:template>

  <xsl:template match="person | personGrp | place | org" mode="entry" as="element()">
    <xsl:variable name="names" as="element()*" select="persName | placeName | orgName | name"/>
    <xsl:variable name="main" as="element()?" select="($names[@type = 'main'], $names)[1]"/>
    <xsl:variable name="words" as="xs:string" select="(v:words($main)[.], string(@xml:id))[1]"/>
    <xsl:variable name="short" as="xs:string?" select="($main/surname ! v:words(.), $names[@type = 'short'] ! v:words(.))[.][1]"/>
    <xsl:variable name="first" as="xs:string" select="
      if ($short and ends-with($words, ' ' || $short)) then $short else $words"/>
    <entry id="{@xml:id}" kind="{local-name()}" key="{s:key($first || ' ' || $words)}" lead="{$first}">
      <!-- It was merged into another. -->
      <xsl:if test="@sameAs">
        <xsl:attribute name="to" select="substring-after(tokenize(@sameAs)[1], '#')"/>
      </xsl:if>
      <name>{$words}</name>
      <xsl:if test="s:scheme($main) ne '' or s:span($main) ne ''">
        <of scheme="{s:scheme($main)}" span="{s:span($main)}"/>
      </xsl:if>
      <!-- A short form that is part of the name says nothing new. -->
      <xsl:for-each select="$names[not(. is $main)][not(@type = 'short' and v:words(.) = tokenize($words, '[\s.-]+'))]">
        <form scheme="{s:scheme(.)}" span="{s:span(.)}">
          <xsl:sequence select="v:identity(.)[name() ne 'id']"/>
          <xsl:value-of select="v:words(.)"/>
        </form>
      </xsl:for-each>
      <xsl:variable name="life" as="xs:string?" select="s:life(.)"/>
      <xsl:if test="$life">
        <fact>{$life}</fact>
      </xsl:if>
      <xsl:for-each select="occupation | nationality | residence | affiliation | country | region | settlement | location/(country | region | settlement)">
        <xsl:if test="v:words(.)">
          <fact>{v:words(.)}</fact>
        </xsl:if>
      </xsl:for-each>
      <xsl:for-each select="note[normalize-space()]">
        <note>
          <xsl:apply-templates/>
        </note>
      </xsl:for-each>
      <xsl:for-each select="location/geo[normalize-space()]">
        <geo>{v:words(.)}</geo>
      </xsl:for-each>
      <xsl:for-each select="idno[normalize-space()]">
        <idno type="{@type}" href="{s:authority(.)}">{v:words(.)}</idno>
      </xsl:for-each>
    </entry>
  </xsl:template>

  <xsl:function name="s:scheme" as="xs:string">
    <xsl:param name="name" as="element()?"/>
    <xsl:sequence select="string(($name/@subtype, $name/@type[not(. = ('main', 'variant'))])[1])"/>
  </xsl:function>

  <!-- From when to when a name was used. -->
  <xsl:function name="s:span" as="xs:string">
    <xsl:param name="name" as="element()?"/>
    <xsl:sequence select="string-join((
      ($name/@from, $name/@notBefore)[1] ! ('from ' || v:date(.)), ($name/@to, $name/@notAfter)[1] ! ('until ' || v:date(.))), ' ')"/>
  </xsl:function>

  <xsl:function name="s:life" as="xs:string?">
    <xsl:param name="entry" as="element()"/>
    <xsl:variable name="birth" as="xs:string" select="string-join($entry/birth[1] ! s:event(.))"/>
    <xsl:variable name="death" as="xs:string" select="string-join($entry/death[1] ! s:event(.))"/>
    <xsl:sequence select="
      (($birth || '–' || $death)[$birth and $death], ('born ' || $birth)[$birth], ('died ' || $death)[$death])[1]"/>
  </xsl:function>

  <xsl:function name="s:event" as="xs:string">
    <xsl:param name="event" as="element()"/>
    <xsl:sequence select="(v:words($event)[.], ($event/(@when, @notBefore, @notAfter), $event/date/@when)[1] ! v:date(.), '')[1]"/>
  </xsl:function>

  <!-- The page of an authority, for the three that are known here; an address as it is. -->
  <xsl:function name="s:authority" as="xs:string?">
    <xsl:param name="idno" as="element(idno)"/>
    <xsl:variable name="value" as="xs:string" select="v:words($idno)"/>
    <xsl:variable name="type" as="xs:string" select="lower-case($idno/@type)"/>
    <xsl:sequence select="
      if (matches($value, '^https?://[^/@?#\s&quot;&lt;&gt;]+([/?#][^\s&quot;&lt;&gt;]*)?$')) then $value
      else if ($type = 'viaf' and matches($value, '^\d+$')) then 'https://viaf.org/viaf/' || $value
      else if ($type = 'wikidata' and matches($value, '^Q\d+$')) then 'https://www.wikidata.org/wiki/' || $value
      else if ($type = 'geonames' and matches($value, '^\d+$')) then 'https://www.geonames.org/' || $value
      else ()"/>
  </xsl:function>

  <!-- A key to sort by: letters without marks, small. -->
  <xsl:function name="s:key" as="xs:string">
    <xsl:param name="words" as="xs:string"/>
    <xsl:sequence select="
      translate(replace(normalize-unicode(lower-case($words), 'NFD'), '[\p{M}\p{P}\p{Lm}]', ''), 'łøđıħŋœæßþ', 'lodihnoast')"/>
  </xsl:function>

</xsl:stylesheet>
