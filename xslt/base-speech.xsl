<?xml version="1.0" encoding="UTF-8"?>
<!-- Speech, verse and drama. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:v="urn:tei-edition:view"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all" expand-text="yes">


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

  <xsl:template match="sp/speaker[v:runs-in(.)]" as="empty-sequence()" priority="3"/>
  <xsl:template match="sp/stage[v:runs-in(.)]" as="empty-sequence()" priority="3"/>
  <xsl:template match="sp/pb[v:runs-in(.)]" as="empty-sequence()" priority="3"/>

  <xsl:function name="v:runs-in" as="xs:boolean">
    <xsl:param name="lead" as="element()"/>
    <xsl:sequence select="exists($lead/following-sibling::*[not(local-name() = $leads)][1][v:leads(.) intersect $lead])"/>
  </xsl:function>

  <xsl:template match="speaker" as="element()">
    <xsl:call-template name="block"/>
  </xsl:template>

  <xsl:template match="sp/p[v:leads(.)]" as="element()" priority="1">
    <xsl:call-template name="turn"/>
  </xsl:template>

  <xsl:template match="sp/ab[v:leads(.)]" as="element()" priority="1">
    <xsl:call-template name="turn"/>
  </xsl:template>

  <xsl:template name="turn" as="element()">
    <xsl:context-item as="element()" use="required"/>
    <xsl:element name="{v:tag(., 'p')}">
      <xsl:sequence select="v:attributes(., 'turn')"/>
      <xsl:call-template name="leads"/>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <xsl:template name="leads">
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

  <xsl:template match="caesura | rhyme" as="element()">
    <xsl:call-template name="line"/>
  </xsl:template>

  <!-- ## Drama -->

  <xsl:template match="castList | castGroup | set | prologue | epilogue | performance" as="element()">
    <div>
      <xsl:sequence select="v:attributes(., local-name())"/>
      <xsl:apply-templates/>
    </div>
  </xsl:template>

  <xsl:template match="castItem" as="element()">
    <xsl:call-template name="block"/>
  </xsl:template>

  <xsl:template match="role | roleDesc | actor | move | view | camera | sound | tech" as="element()">
    <xsl:call-template name="line"/>
  </xsl:template>

  <xsl:template match="caption" as="element()">
    <xsl:call-template name="block"/>
  </xsl:template>

  <!-- ## Speech -->

  <xsl:template match="u" as="element()">
    <xsl:element name="{v:tag(., 'p')}">
      <xsl:sequence select="v:attributes(., 'turn')"/>
      <xsl:for-each select="(tokenize(@who)[starts-with(., '#')] ! key('id', v:token(substring(., 2)), root(current())))[1][not(current()/@prev)]">
        <span class="ed speaker">{v:words((persName, .)[1])}: </span>
      </xsl:for-each>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="vocal | kinesic | incident | pause | shift | writing" as="element()">
    <xsl:element name="{if (v:in-line(.)) then v:tag(., 'span') else v:tag(., 'p')}">
      <xsl:sequence select="v:attributes(., 'stage')"/>
      <span class="ed">[</span>
      <xsl:apply-templates/>
      <xsl:if test="not(normalize-space())">
        <span class="ed">{v:said((@type, local-name())[1])}</span>
      </xsl:if>
      <span class="ed">]</span>
    </xsl:element>
  </xsl:template>

</xsl:stylesheet>
