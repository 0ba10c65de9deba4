<?xml version="1.0" encoding="UTF-8"?>
<!-- An assertion in, the instructions out that try it and say what was found. -->
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

  <xsl:template match="sch:let" mode="check" as="element()">
    <xsl:sequence select="f:variable(., @name)"/>
  </xsl:template>

  <xsl:template match="sch:assert" mode="check" as="element()">
    <out:try>
      <out:choose>
        <out:when test="{@test}">
          <xsl:copy-of select="@fired:from"/>
        </out:when>
        <out:otherwise>
          <xsl:call-template name="finding"/>
        </out:otherwise>
      </out:choose>
      <xsl:call-template name="catch"/>
    </out:try>
  </xsl:template>

  <xsl:template match="sch:report" mode="check" as="element()">
    <out:try>
      <out:if test="{@test}">
        <xsl:copy-of select="@fired:from"/>
        <xsl:call-template name="finding"/>
      </out:if>
      <xsl:call-template name="catch"/>
    </out:try>
  </xsl:template>

  <xsl:template name="catch" as="element()">
    <xsl:context-item as="element()" use="required"/>
    <out:catch errors="*">
      <failure pattern="{f:verbatim(f:pattern(.)/@id)}" id="{f:verbatim(self::sch:*[not(self::sch:rule)]/@id)}"
          at="{{path({f:node(.)})}}">
        <out:value-of select="$Q{{http://www.w3.org/2005/xqt-errors}}description"/>
      </failure>
    </out:catch>
  </xsl:template>

  <xsl:function name="f:pattern" as="element()">
    <xsl:param name="node" as="element()"/>
    <xsl:sequence select="$node/(ancestor::sch:pattern | ancestor::sch:group)"/>
  </xsl:function>

  <!-- The node that a rule is about: with @visit-each the context item is something else. -->
  <xsl:function name="f:node" as="xs:string">
    <xsl:param name="node" as="element()"/>
    <xsl:sequence select="if ($node/parent::sch:rule/@visit-each) then '$Q{fired}node' else '.'"/>
  </xsl:function>

  <!-- Role, flag and severity count for all that stands in the rule or pattern that bears them. -->
  <xsl:template name="finding" as="element(finding)">
    <xsl:context-item as="element()" use="required"/>
    <xsl:variable name="bearers" as="element()+" select="., .., f:pattern(.)"/>
    <xsl:variable name="subject" as="xs:string?" select="($bearers/@subject)[last()]"/>
    <finding>
      <xsl:attribute name="pattern" select="f:verbatim(f:pattern(.)/@id)"/>
      <xsl:attribute name="id" select="f:verbatim(@id)"/>
      <xsl:for-each select="'severity', 'role', 'flag'">
        <xsl:variable name="said" as="attribute()*" select="for $bearer in $bearers return $bearer/@*[name() = current()]"/>
        <xsl:attribute name="{.}" select="f:verbatim($said[1])"/>
      </xsl:for-each>
      <xsl:attribute name="at" select="
        if ($subject) then '{path((' || $subject || ', ' || f:node(.) || ')[1])}' else '{path(' || f:node(.) || ')}'"/>
      <text>
        <xsl:apply-templates mode="message"/>
      </text>
      <xsl:for-each select="sch:diagnostic">
        <hint>
          <xsl:apply-templates mode="message"/>
        </hint>
      </xsl:for-each>
    </finding>
  </xsl:template>

  <!-- A string for an attribute of the stylesheet where braces would be read as expressions. -->
  <xsl:function name="f:verbatim" as="xs:string">
    <xsl:param name="text" as="xs:string?"/>
    <xsl:sequence select="replace($text, '[{}]', '$0$0')"/>
  </xsl:function>

  <xsl:template match="text()" mode="message" as="element()">
    <out:text>{.}</out:text>
  </xsl:template>

  <xsl:template match="sch:diagnostic | sqf:*" mode="message"/>

  <xsl:template match="sch:value-of" mode="message" as="element()">
    <out:value-of select="{@select}">
      <xsl:copy-of select="@fired:from"/>
    </out:value-of>
  </xsl:template>

  <xsl:template match="sch:name" mode="message" as="element()">
    <xsl:variable name="path" as="xs:string" select="(@path, f:node((ancestor::sch:assert | ancestor::sch:report)[last()]))[1]"/>
    <!-- A path gives a node, whose name is meant, or the name itself. -->
    <out:value-of select="({$path})[1] ! (if (. instance of node()) then name() else string())">
      <xsl:copy-of select="@fired:from"/>
    </out:value-of>
  </xsl:template>

  <xsl:template match="xsl:*" mode="message" as="element()">
    <xsl:copy-of select="."/>
  </xsl:template>

</xsl:stylesheet>
