<?xml version="1.0" encoding="UTF-8"?>
<!-- Transcription, names, registers, linking and analysis, as every view has them until it
     says otherwise. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:v="urn:tei-edition:view"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all" expand-text="yes">

  <!-- ## Transcription -->

  <xsl:template match="supplied" as="element()">
    <xsl:call-template name="line">
      <xsl:with-param name="before" select="'['"/>
      <xsl:with-param name="after" select="if (@cert = 'low') then '?]' else ']'"/>
      <xsl:with-param name="title" select="v:supply(string(@reason), string(@resp))"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:function name="v:supply" as="xs:string" cache="yes">
    <xsl:param name="reason" as="xs:string"/>
    <xsl:param name="resp" as="xs:string"/>
    <xsl:sequence select="string-join((v:say('Supplied') || (v:said($reason) ! (' (' || . || ')')), v:names($resp)), ', ')"/>
  </xsl:function>

  <xsl:template match="surplus" as="element()">
    <xsl:call-template name="line">
      <xsl:with-param name="title" select="v:say('Superfluous in the source')"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="subst">
    <xsl:apply-templates select="* | text()[normalize-space()]"/>
  </xsl:template>

  <xsl:template match="damage | secl | mod | restore | retrace | undo | redo" as="element()">
    <xsl:call-template name="line"/>
  </xsl:template>

  <xsl:template match="metamark" as="element()">
    <xsl:call-template name="line">
      <xsl:with-param name="title" select="string-join((v:say('Mark in the source'), v:said(@function)), ': ')"/>
    </xsl:call-template>
  </xsl:template>

  <!-- A blank or two in the line is a blank; anything longer is said. -->
  <xsl:template match="space[matches(@unit, '^char')][@quantity = ('1', '2', '3')][not(*)]" as="text()">
    <xsl:text> </xsl:text>
  </xsl:template>

  <xsl:template match="space" as="element()">
    <span class="space" title="{v:say('Left blank in the source')}">
      <xsl:sequence select="v:identity(.)"/>
      <span class="ed">[{v:say('blank')}]</span>
      <xsl:apply-templates select="desc/node()"/>
    </span>
  </xsl:template>

  <xsl:template match="damageSpan | listTranspose | substJoin" as="empty-sequence()"/>
  <xsl:template match="fw[not(normalize-space())]" as="empty-sequence()"/>

  <!-- Where another hand or pen goes on. -->
  <xsl:template match="handShift" as="element()">
    <span class="ed hand">
      <xsl:sequence select="v:identity(.)"/>
      <xsl:text>[{(string-join(((@new ! v:hand(.), @scribe ! string(), @scribeRef ! replace(., '^.*[#/]', ''))[1], @medium, @script), ': ')[.] ! v:say('Hand: %', .), v:say('hand'))[1]}]</xsl:text>
    </span>
  </xsl:template>

  <!-- What is deleted or added from here to an anchor. -->
  <xsl:key name="span-end" match="delSpan | addSpan" use="substring(@spanTo, 2)"/>

  <xsl:template match="delSpan | addSpan" as="element()">
    <xsl:element name="{if (v:in-line(.)) then 'span' else 'p'}">
      <xsl:attribute name="class" select="'ed span-begins'"/>
      <xsl:attribute name="title" select="v:say(if (self::delSpan) then 'Deleted from here' else 'Added from here')"/>
      <xsl:text>{if (self::delSpan) then '⟦' else '\'}</xsl:text>
      <xsl:text>{v:by-hand(.)}</xsl:text>
    </xsl:element>
  </xsl:template>

  <xsl:template match="anchor[key('span-end', @xml:id)]" as="element()" priority="1">
    <xsl:element name="{if (v:in-line(.)) then 'span' else 'p'}">
      <xsl:attribute name="class" select="'ed span-ends'"/>
      <xsl:sequence select="v:identity(.)"/>
      <xsl:text>{string-join(reverse(key('span-end', @xml:id)) ! (if (self::delSpan) then '⟧' else '/'))}</xsl:text>
    </xsl:element>
  </xsl:template>

  <!-- Running heads and page numbers of the source. -->
  <xsl:template match="fw" as="element()?">
    <xsl:element name="{if (v:in-line(.)) then v:tag(., 'span') else 'div'}">
      <xsl:sequence select="v:attributes(., 'fw')"/>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="sourceDoc | surface | surfaceGrp | zone" as="element()">
    <div>
      <xsl:sequence select="v:attributes(., local-name())"/>
      <xsl:apply-templates/>
    </div>
  </xsl:template>

  <xsl:template match="line" as="element()">
    <xsl:call-template name="block">
      <xsl:with-param name="as" select="'div'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="facsimile" as="empty-sequence()"/>

  <!-- ## Names -->

  <xsl:template match="forename | surname | roleName | addName | genName | nameLink | settlement | country | region | district
    | bloc | geogFeat | offset | location | geo | affiliation | occupation | education | nationality | birth | death | sex
    | floruit | residence | state | trait | faith | age | climate | terrain | population" as="element()">
    <xsl:call-template name="line">
      <xsl:with-param name="class" select="local-name()"/>
    </xsl:call-template>
  </xsl:template>

  <!-- ## Registers -->

  <xsl:template match="standOff">
    <xsl:apply-templates select="*"/>
  </xsl:template>

  <xsl:template match="listPerson | listPlace | listOrg | listEvent | listNym" as="element()">
    <div class="register">
      <xsl:sequence select="v:identity(.)"/>
      <xsl:apply-templates select="*"/>
    </div>
  </xsl:template>

  <xsl:template match="person | personGrp | place | org | event | nym" as="element()">
    <div class="entry">
      <xsl:sequence select="v:identity(.)"/>
      <xsl:for-each select="*">
        <xsl:element name="{if (position() = 1 and matches(local-name(), 'Name$|^name$') and not(v:holds-block(.))) then 'h2' else 'div'}">
          <xsl:apply-templates select="."/>
          <xsl:for-each select="self::idno/@type | @type[parent::persName or parent::placeName or parent::orgName][. ne 'main']">
            <span class="ed type"> ({.})</span>
          </xsl:for-each>
        </xsl:element>
      </xsl:for-each>
    </div>
  </xsl:template>

  <xsl:template match="listRelation | relation" as="empty-sequence()"/>

  <xsl:template match="idno" as="element()">
    <xsl:variable name="href" as="xs:string?" select="string(.)[matches(., '^\s*https?://[^\s]+\s*$')] ! normalize-space(.)"/>
    <xsl:element name="{if ($href and v:may-link(.)) then 'a' else 'span'}">
      <xsl:sequence select="v:attributes(., 'idno')"/>
      <xsl:if test="$href and v:may-link(.)">
        <xsl:attribute name="href" select="$href"/>
      </xsl:if>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <!-- ## Linking, analysis, certainty -->

  <xsl:template match="anchor" as="element()?">
    <xsl:if test="v:id(.) or node()">
      <span>
        <xsl:sequence select="v:identity(.)"/>
        <xsl:apply-templates/>
      </span>
    </xsl:if>
  </xsl:template>

  <xsl:template match="link | linkGrp | join | joinGrp | alt | altGrp | timeline | when | span | spanGrp | certainty | precision
    | respons | listAnnotation | annotation | xenoData" as="empty-sequence()"/>

  <xsl:template match="w | c | pc | s | cl | phr | m" as="element()">
    <xsl:call-template name="line">
      <xsl:with-param name="class" select="()"/>
    </xsl:call-template>
  </xsl:template>

</xsl:stylesheet>
