<?xml version="1.0" encoding="UTF-8"?>
<!--
  An ISO Schematron schema in, an XSLT 3.0 stylesheet out that lists what a document breaks.

  Two passes. “flatten” leaves a schema without abstractions: the patterns of the chosen phase, abstract patterns
  with their parameters filled in, abstract rules in the place of extends. “stylesheet” turns that into templates.

  The result visits every node once, and only elements where no rule is about anything else. All rules of all patterns
  are templates of one mode, ranked by their order in the schema; a template hands the node on with xsl:next-match and
  says which pattern has had its rule, so that in each pattern the first rule that matches is the only one that speaks
  (in a group, each speaks). A mode for each pattern would walk the document as often as there are patterns: 112 times
  for the rules of TEI All.

  The result's own names live in the namespace “fired”, so that no variable of a schema can meet them. It writes

    <fired>
      <finding pattern="…" id="…" severity="…" role="…" flag="…" at="/Q{…}TEI[1]/…">
        <text>…</text><hint lang="…">…</hint>
      </finding>
      <failure pattern="…" id="…" at="…">what the processor said of a rule that could not be evaluated</failure>
      <wanted pattern="7" uri="…"/>
    </fired>

  where “wanted” is a document that a pattern with @documents is about: the stylesheet is called again with that tree
  and the number of the pattern as parameters, since it can read nothing itself.

  (a stylesheet that chooses a phase writes <fired phase="…"/>), and a schema that cannot be compiled gives <problems><problem at="…">…</problem></problems> instead.
-->
<xsl:stylesheet version="3.0" expand-text="yes" exclude-result-prefixes="#all"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:out="http://www.w3.org/1999/XSL/Transform#out"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:map="http://www.w3.org/2005/xpath-functions/map"
    xmlns:f="tag:tei-edition,2026:schematron"
    xmlns:fired="fired"
    xmlns:sqf="http://www.schematron-quickfix.com/validator/process"
    xmlns:sch="http://purl.oclc.org/dsdl/schematron">

  <xsl:include href="flatten.xsl"/>
  <xsl:include href="rules.xsl"/>
  <xsl:include href="assertions.xsl"/>

  <xsl:namespace-alias stylesheet-prefix="out" result-prefix="xsl"/>
  <xsl:output method="xml" indent="no" encoding="UTF-8"/>

  <!-- The phase to compile: a name, #ALL, or #DEFAULT for what the schema says itself. #ANY gives a stylesheet that says
       of a document which phase chooses itself for it. -->
  <xsl:param name="phase" as="xs:string" select="'#DEFAULT'"/>

  <!-- Whether each instruction stands on a line of its own and says in @fired:from which node of the schema it was, so
       that what the processor says of an expression can be told of the schema. -->
  <xsl:param name="located" as="xs:boolean" select="false()"/>

  <xsl:mode on-no-match="fail"/>
  <xsl:mode name="flatten" on-no-match="shallow-copy"/>
  <xsl:mode name="stylesheet" on-no-match="deep-skip"/>
  <xsl:mode name="chooser" on-no-match="deep-skip"/>
  <xsl:mode name="check" on-no-match="deep-skip"/>
  <xsl:mode name="message" on-no-match="shallow-skip"/>
  <xsl:mode name="lines" on-no-match="shallow-copy"/>

  <xsl:key name="abstract-pattern" match="(sch:pattern | sch:group)[@abstract = 'true']" use="@id"/>
  <xsl:key name="abstract-rule" match="sch:rule[@abstract = 'true']" use="@id"/>
  <xsl:key name="diagnostic" match="sch:diagnostics/sch:diagnostic" use="@id"/>

  <xsl:variable name="schema" as="element(sch:schema)" select="/sch:schema"/>

  <xsl:variable name="active" as="xs:string" select="
    if ($phase = '#DEFAULT') then ($schema/@defaultPhase/normalize-space(), '#ALL')[1]
    else if ($phase = '#ANY') then '#ALL'
    else $phase"/>


  <xsl:template match="/" as="document-node()">
    <xsl:variable name="flat" as="document-node()">
      <xsl:document>
        <xsl:apply-templates select="$schema" mode="flatten"/>
        <xsl:sequence select="f:problems($schema)"/>
      </xsl:document>
    </xsl:variable>
    <xsl:document>
      <xsl:choose>
        <xsl:when test="$flat//problem">
          <problems>
            <xsl:copy-of select="$flat//problem"/>
          </problems>
        </xsl:when>
        <xsl:when test="$located">
          <xsl:variable name="stylesheet" as="element()">
            <xsl:call-template name="turned">
              <xsl:with-param name="flat" select="$flat/sch:schema"/>
            </xsl:call-template>
          </xsl:variable>
          <xsl:apply-templates select="$stylesheet" mode="lines"/>
        </xsl:when>
        <xsl:otherwise>
          <xsl:call-template name="turned">
            <xsl:with-param name="flat" select="$flat/sch:schema"/>
          </xsl:call-template>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:document>
  </xsl:template>

  <xsl:template name="turned" as="element()">
    <xsl:param name="flat" as="element(sch:schema)"/>
    <xsl:choose>
      <xsl:when test="$phase = '#ANY'">
        <xsl:apply-templates select="$flat" mode="chooser"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:apply-templates select="$flat" mode="stylesheet"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="*[@fired:from]" mode="lines" as="node()*">
    <xsl:text>&#10;</xsl:text>
    <xsl:next-match/>
  </xsl:template>


  <!-- ═══ What cannot be compiled ═══ -->

  <xsl:function name="f:problem" as="element(problem)">
    <xsl:param name="node" as="node()"/>
    <xsl:param name="text" as="xs:string"/>
    <problem at="{path($node)}">{$text}</problem>
  </xsl:function>

  <xsl:function name="f:binding" as="xs:string">
    <xsl:param name="schema" as="element(sch:schema)"/>
    <xsl:sequence select="($schema/@queryBinding/lower-case(.), 'xslt')[1]"/>
  </xsl:function>

  <xsl:function name="f:problems" as="element(problem)*">
    <xsl:param name="schema" as="element(sch:schema)"/>
    <xsl:if test="not(f:binding($schema) = ('xslt', 'xslt1', 'xslt2', 'xslt3', 'xpath', 'xpath2', 'xpath3', 'xpath31'))">
      <xsl:sequence select="f:problem($schema, 'The query language “' || f:binding($schema) || '” is not supported.')"/>
    </xsl:if>
    <xsl:if test="not($active = ('#ALL', $schema/sch:phase/@id))">
      <xsl:variable name="there" as="xs:string" select="string-join($schema/sch:phase/@id, ', ')"/>
      <xsl:sequence select="
        f:problem($schema, 'There is no phase “' || $active || '”' || '; there is '[$there] || $there || '.')"/>
    </xsl:if>
    <xsl:for-each select="$schema/sch:phase/sch:active[not(@pattern = $schema/(sch:pattern | sch:group)/@id)]">
      <xsl:sequence select="f:problem(., 'There is no pattern “' || @pattern || '” to be active.')"/>
    </xsl:for-each>
    <xsl:for-each select="$schema/(sch:pattern | sch:group)[@is-a]/sch:param[not(@name and @value)]">
      <xsl:sequence select="f:problem(., 'This param lacks its name or its value.')"/>
    </xsl:for-each>
    <xsl:for-each select="$schema/sch:ns[not(@prefix and @uri)]">
      <xsl:sequence select="f:problem(., 'This ns lacks its prefix or its uri.')"/>
    </xsl:for-each>
    <!-- A schema may bring functions and keys; it may not bring what writes or reads files. -->
    <xsl:for-each select="$schema//(xsl:result-document | xsl:evaluate | xsl:import | xsl:include
                                    | xsl:use-package | xsl:source-document | xsl:merge)">
      <xsl:sequence select="f:problem(., 'The schema holds “' || name() || '”, which rules do not need.')"/>
    </xsl:for-each>
    <xsl:for-each select="$schema//sch:rule[not(@abstract = 'true' or @context)]">
      <xsl:sequence select="f:problem(., 'This rule lacks its context.')"/>
    </xsl:for-each>
    <xsl:for-each select="$schema//(sch:assert | sch:report)[not(@test)]">
      <xsl:sequence select="f:problem(., 'This ' || local-name() || ' lacks its test.')"/>
    </xsl:for-each>
    <xsl:for-each select="$schema//(sch:let[not(@name)] | sch:value-of[not(@select)])">
      <xsl:sequence select="f:problem(., 'This ' || local-name() || ' lacks its attribute.')"/>
    </xsl:for-each>
  </xsl:function>

</xsl:stylesheet>
