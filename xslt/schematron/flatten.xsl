<?xml version="1.0" encoding="UTF-8"?>
<!-- A schema as it was written in, one without abstractions out: the patterns of the phase, with all that they are. -->
<xsl:stylesheet version="3.0" expand-text="yes" exclude-result-prefixes="#all"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:out="http://www.w3.org/1999/XSL/Transform#out"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:map="http://www.w3.org/2005/xpath-functions/map"
    xmlns:f="tag:tei-edition,2026:schematron"
    xmlns:fired="fired"
    xmlns:sqf="http://www.schematron-quickfix.com/validator/process"
    xmlns:sch="http://purl.oclc.org/dsdl/schematron">

  <xsl:namespace-alias stylesheet-prefix="out" result-prefix="xsl"/>

  <xsl:template match="sch:schema" mode="flatten" as="element(sch:schema)">
    <xsl:copy>
      <xsl:apply-templates select="@*" mode="flatten"/>
      <xsl:apply-templates select="sch:ns, xsl:*, sch:param, sch:let, sch:phase[@id = $active]/sch:let,
                                   sch:phase[@id = $active][@from], sch:phase[@when][$phase = '#ANY'],
                                   sch:pattern | sch:group" mode="flatten"/>
    </xsl:copy>
  </xsl:template>

  <xsl:template match="sch:*" mode="flatten" as="element()">
    <xsl:copy>
      <xsl:call-template name="origin"/>
      <xsl:apply-templates select="@*, node()" mode="flatten"/>
    </xsl:copy>
  </xsl:template>

  <xsl:template match="sch:phase" mode="flatten" as="element()">
    <xsl:copy>
      <xsl:call-template name="origin"/>
      <xsl:copy-of select="@from, if ($phase = '#ANY') then (@id, @when) else ()"/>
    </xsl:copy>
  </xsl:template>

  <!-- A parameter of the whole schema, which has the value that the schema gives it. -->
  <xsl:template match="sch:schema/sch:param[@name][@value]" mode="flatten" priority="4" as="element()">
    <sch:let>
      <xsl:call-template name="origin"/>
      <xsl:copy-of select="@name, @value, @as"/>
    </sch:let>
  </xsl:template>

  <xsl:template match="sch:schema/xsl:*" mode="flatten" as="element()">
    <xsl:copy>
      <xsl:call-template name="origin"/>
      <xsl:copy-of select="@*, node()"/>
    </xsl:copy>
  </xsl:template>

  <!-- The content of a let is what it is, whatever its elements are called. -->
  <xsl:template match="sch:let/node()" mode="flatten" priority="9">
    <xsl:copy-of select="."/>
  </xsl:template>

  <xsl:template name="origin" as="attribute()?">
    <xsl:context-item as="element()" use="required"/>
    <xsl:if test="$located">
      <xsl:attribute name="fired:from" select="path()"/>
    </xsl:if>
  </xsl:template>

  <xsl:template match="(sch:pattern | sch:group)[@abstract = 'true'] | sch:rule[@abstract = 'true'] | sch:param
                       | comment() | processing-instruction()" mode="flatten" priority="3"/>

  <xsl:template match="(sch:pattern | sch:group)[not($active = '#ALL' or @id = f:patterns($active))]"
      mode="flatten" priority="2"/>

  <!-- An instance of an abstract pattern; its parameters are macros, so they hold for extended rules and for
       diagnostics as well. A parameter of the abstract pattern itself is what holds where the instance gives none. -->
  <xsl:template match="(sch:pattern | sch:group)[@is-a]" mode="flatten" as="element()">
    <xsl:variable name="original" as="element()?" select="key('abstract-pattern', @is-a)[1]"/>
    <xsl:variable name="values" as="map(xs:string, xs:string)" select="
      map:merge((sch:param, $original/sch:param[@value]) ! map:entry(string(@name), string(@value)))"/>
    <xsl:copy>
      <xsl:call-template name="origin"/>
      <xsl:apply-templates select="$original/(@documents | @role | @flag | @severity | @subject), @*" mode="flatten">
        <xsl:with-param name="values" tunnel="yes" select="$values"/>
      </xsl:apply-templates>
      <xsl:apply-templates select="sch:let" mode="flatten"/>
      <xsl:apply-templates select="$original/node()" mode="flatten">
        <xsl:with-param name="values" tunnel="yes" select="$values"/>
      </xsl:apply-templates>
      <xsl:if test="not($original)">
        <xsl:sequence select="f:problem(., 'There is no abstract pattern “' || @is-a || '”.')"/>
      </xsl:if>
    </xsl:copy>
  </xsl:template>

  <!-- An assertion takes its diagnostics with it, since they speak of its node and its variables. -->
  <xsl:template match="sch:assert | sch:report" mode="flatten" as="element()">
    <xsl:variable name="language" as="xs:string?" select="f:language(.)"/>
    <xsl:variable name="told" as="element(sch:diagnostic)*" select="key('diagnostic', tokenize(@diagnostics))"/>
    <xsl:copy>
      <xsl:call-template name="origin"/>
      <xsl:apply-templates select="@*, node()" mode="flatten"/>
      <!-- Of diagnostics in several languages, those in the assertion's own, else in English, else in the first. -->
      <xsl:variable name="languages" as="xs:string*" select="$told ! f:language(.)"/>
      <xsl:variable name="chosen" as="xs:string?" select="($language[. = $languages], 'en'[. = $languages], $languages)[1]"/>
      <xsl:apply-templates select="$told[f:language(.) = $chosen]" mode="flatten"/>
    </xsl:copy>
  </xsl:template>

  <!-- The language of an element's words, without what comes after a hyphen; empty where none is said. -->
  <xsl:function name="f:language" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="
      string(tokenize(lower-case($element/ancestor-or-self::*[@xml:lang][1]/@xml:lang), '[-_]')[1])"/>
  </xsl:function>

  <xsl:template match="sch:extends[@rule]" mode="flatten" as="node()*">
    <xsl:param name="within" tunnel="yes" as="xs:string*"/>
    <xsl:variable name="named" as="element(sch:rule)*" select="key('abstract-rule', @rule)"/>
    <xsl:variable name="rule" as="element(sch:rule)?" select="($named intersect ../../sch:rule, $named)[1]"/>
    <xsl:choose>
      <xsl:when test="not($rule)">
        <xsl:sequence select="f:problem(., 'There is no abstract rule “' || @rule || '”.')"/>
      </xsl:when>
      <xsl:when test="@rule = $within">
        <xsl:sequence select="f:problem(., 'The abstract rule “' || @rule || '” extends itself.')"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:apply-templates select="$rule/node()" mode="flatten">
          <xsl:with-param name="within" tunnel="yes" select="$within, string(@rule)"/>
        </xsl:apply-templates>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="@context | @test | @select | @value | @path | @subject | @documents | @visit-each" mode="flatten" as="attribute()">
    <xsl:param name="values" tunnel="yes" as="map(xs:string, xs:string)" select="map{}"/>
    <xsl:attribute name="{name()}" select="f:filled(., $values)"/>
  </xsl:template>

  <!-- An expression with the values of an abstract pattern's parameters in their places; other variables stay. -->
  <xsl:function name="f:filled" as="xs:string">
    <xsl:param name="expression" as="xs:string"/>
    <xsl:param name="values" as="map(xs:string, xs:string)"/>
    <xsl:value-of>
      <xsl:analyze-string select="$expression" regex="\$([\i-[:]][\c-[:]]*)">
        <xsl:matching-substring>{($values(regex-group(1)), .)[1]}</xsl:matching-substring>
        <xsl:non-matching-substring>{.}</xsl:non-matching-substring>
      </xsl:analyze-string>
    </xsl:value-of>
  </xsl:function>

  <xsl:function name="f:patterns" as="xs:string*">
    <xsl:param name="phase" as="xs:string"/>
    <xsl:sequence select="$schema/sch:phase[@id = $phase]/sch:active/@pattern ! normalize-space()"/>
  </xsl:function>

</xsl:stylesheet>
