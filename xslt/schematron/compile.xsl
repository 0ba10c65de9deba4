<?xml version="1.0" encoding="UTF-8"?>
<!--
  An ISO Schematron schema in, an XSLT 3.0 stylesheet out that lists what a document breaks.

  Two passes. “flatten” leaves a schema without abstractions: the patterns of the chosen phase, abstract patterns
  with their parameters filled in, abstract rules in the place of extends. “stylesheet” turns that into templates.

  The result visits every node once. All rules of all patterns are templates of one mode, ranked by their order in
  the schema; a template hands the node on with xsl:next-match and says which pattern has had its rule, so that in
  each pattern the first rule that matches is the only one that speaks. A mode for each pattern would walk the
  document as often as there are patterns: 112 times for the rules of TEI All.

  The result's own names live in the namespace “fired”, so that no variable of a schema can meet them. It writes

    <fired>
      <finding pattern="…" id="…" role="…" flag="…" at="/Q{…}TEI[1]/…"><text>…</text><hint>…</hint></finding>
      <failure pattern="…" at="…">what the processor said of a rule that could not be evaluated</failure>
    </fired>

  and a schema that cannot be compiled gives <problems><problem at="…">…</problem></problems> instead.
-->
<xsl:stylesheet version="3.0" expand-text="yes" exclude-result-prefixes="#all"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:out="http://www.w3.org/1999/XSL/Transform#out"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:map="http://www.w3.org/2005/xpath-functions/map"
    xmlns:f="tag:tei-edition,2026:schematron"
    xmlns:sch="http://purl.oclc.org/dsdl/schematron">

  <xsl:namespace-alias stylesheet-prefix="out" result-prefix="xsl"/>
  <xsl:output method="xml" indent="no" encoding="UTF-8"/>

  <!-- The phase to compile: a name, #ALL, or #DEFAULT for what the schema says itself. -->
  <xsl:param name="phase" as="xs:string" select="'#DEFAULT'"/>

  <xsl:mode on-no-match="fail"/>
  <xsl:mode name="flatten" on-no-match="shallow-copy"/>
  <xsl:mode name="stylesheet" on-no-match="deep-skip"/>
  <xsl:mode name="check" on-no-match="deep-skip"/>
  <xsl:mode name="message" on-no-match="shallow-skip"/>

  <xsl:key name="abstract-pattern" match="sch:pattern[@abstract = 'true']" use="@id"/>
  <xsl:key name="abstract-rule" match="sch:rule[@abstract = 'true']" use="@id"/>
  <xsl:key name="diagnostic" match="sch:diagnostics/sch:diagnostic" use="@id"/>

  <xsl:variable name="schema" as="element(sch:schema)" select="/sch:schema"/>

  <xsl:variable name="active" as="xs:string" select="
    if ($phase = '#DEFAULT') then ($schema/@defaultPhase/normalize-space(), '#ALL')[1] else $phase"/>

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
        <xsl:otherwise>
          <xsl:apply-templates select="$flat/sch:schema" mode="stylesheet"/>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:document>
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
    <xsl:if test="not(f:binding($schema) = ('xslt', 'xslt2', 'xslt3', 'xpath2', 'xpath3', 'xpath31'))">
      <xsl:sequence select="f:problem($schema, 'The query language “' || f:binding($schema) || '” is not supported.')"/>
    </xsl:if>
    <xsl:if test="not($active = ('#ALL', $schema/sch:phase/@id))">
      <xsl:sequence select="f:problem($schema, 'There is no phase “' || $active || '”.')"/>
    </xsl:if>
    <xsl:for-each select="$schema/sch:phase/sch:active[not(@pattern = $schema/sch:pattern/@id)]">
      <xsl:sequence select="f:problem(., 'There is no pattern “' || @pattern || '” to be active.')"/>
    </xsl:for-each>
    <xsl:for-each select="$schema//(sch:include | sch:extends[@href] | sch:pattern[@documents])">
      <xsl:sequence select="f:problem(., 'The schema reads another file (“' || (@href, @documents)[1] || '”).')"/>
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


  <!-- ═══ First pass: a schema without abstractions ═══ -->

  <xsl:template match="sch:schema" mode="flatten" as="element(sch:schema)">
    <xsl:copy>
      <xsl:apply-templates select="@*" mode="flatten"/>
      <xsl:apply-templates select="sch:ns, xsl:*, sch:let, sch:phase[@id = $active]/sch:let,
                                   sch:pattern, sch:diagnostics" mode="flatten"/>
    </xsl:copy>
  </xsl:template>

  <xsl:template match="sch:pattern[@abstract = 'true'] | sch:rule[@abstract = 'true'] | sch:param | comment()"
      mode="flatten" priority="3"/>

  <xsl:template match="sch:schema/sch:pattern[not($active = '#ALL' or @id = f:patterns($active))]"
      mode="flatten" priority="2"/>

  <!-- An instance of an abstract pattern; its parameters are macros, so they hold for extended rules as well. -->
  <xsl:template match="sch:pattern[@is-a]" mode="flatten" as="element()">
    <xsl:variable name="original" as="element(sch:pattern)?" select="key('abstract-pattern', @is-a)"/>
    <xsl:copy>
      <xsl:apply-templates select="@*" mode="flatten"/>
      <xsl:apply-templates select="sch:let" mode="flatten"/>
      <xsl:apply-templates select="$original/node()" mode="flatten">
        <xsl:with-param name="values" tunnel="yes" select="
          map:merge(sch:param ! map:entry(string(@name), string(@value)))"/>
      </xsl:apply-templates>
      <xsl:if test="not($original)">
        <xsl:sequence select="f:problem(., 'There is no abstract pattern “' || @is-a || '”.')"/>
      </xsl:if>
    </xsl:copy>
  </xsl:template>

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

  <xsl:template match="@context | @test | @select | @value | @path | @subject" mode="flatten" as="attribute()">
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


  <!-- ═══ Second pass: the stylesheet ═══ -->

  <xsl:template match="sch:schema" mode="stylesheet" as="element()">
    <!-- The first query language of Schematron is that of XSLT 1.0: of several nodes the first one counts. -->
    <out:stylesheet version="{if (f:binding(.) = 'xslt') then '1.0' else '3.0'}">
      <xsl:for-each select="sch:ns">
        <xsl:namespace name="{@prefix}" select="string(@uri)"/>
      </xsl:for-each>
      <out:output method="xml" indent="no" encoding="UTF-8"/>
      <out:mode name="Q{{fired}}check" on-no-match="deep-skip"/>
      <xsl:copy-of select="xsl:*"/>
      <xsl:apply-templates select="sch:let | sch:pattern" mode="stylesheet"/>
      <!-- Without this one the document node would hand on its children, which come by themselves. -->
      <out:template match="document-node()" mode="Q{{fired}}check" priority="-1"/>
      <out:template match="/">
        <fired>
          <out:apply-templates select="/descendant-or-self::node()/(., @*)" mode="Q{{fired}}check"/>
        </fired>
      </out:template>
    </out:stylesheet>
  </xsl:template>

  <xsl:template match="sch:schema/sch:let" mode="stylesheet" as="element()">
    <xsl:sequence select="f:variable(., @name)"/>
  </xsl:template>

  <xsl:template match="sch:pattern" mode="stylesheet" as="element()*">
    <xsl:for-each select="sch:let">
      <xsl:sequence select="f:variable(., f:global(.), preceding-sibling::sch:let[not(f:global(.) = @name)])"/>
    </xsl:for-each>
    <xsl:apply-templates select="sch:rule" mode="stylesheet"/>
  </xsl:template>

  <!-- The name under which a pattern's let is global: its own where no other pattern uses it, since rules' contexts
       may speak of it then; else one in a namespace of the pattern. -->
  <xsl:function name="f:global" as="xs:string">
    <xsl:param name="let" as="element(sch:let)"/>
    <xsl:variable name="same" as="element(sch:let)*" select="
      $let/ancestor::sch:schema/(sch:let | sch:pattern/sch:let)[@name = $let/@name]"/>
    <xsl:sequence select="
      if (count($same) = 1) then $let/@name else 'Q{pattern-' || f:number($let/..) || '}' || $let/@name"/>
  </xsl:function>

  <xsl:function name="f:number" as="xs:integer">
    <xsl:param name="pattern" as="element(sch:pattern)"/>
    <xsl:sequence select="count($pattern/preceding-sibling::sch:pattern) + 1"/>
  </xsl:function>

  <xsl:function name="f:variable" as="element()">
    <xsl:param name="let" as="element(sch:let)"/>
    <xsl:param name="name" as="xs:string"/>
    <xsl:sequence select="f:variable($let, $name, ())"/>
  </xsl:function>

  <!-- A let as a variable; $known are lets of its pattern that are global under another name than it uses. -->
  <xsl:function name="f:variable" as="element()">
    <xsl:param name="let" as="element(sch:let)"/>
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="known" as="element(sch:let)*"/>
    <out:variable name="{$name}">
      <xsl:copy-of select="$let/@as"/>
      <xsl:choose>
        <xsl:when test="$let/@value and empty($known)">
          <xsl:attribute name="select" select="$let/@value"/>
        </xsl:when>
        <xsl:when test="$let/@value">
          <xsl:attribute name="as" select="($let/@as, 'item()*')[1]"/>
          <xsl:sequence select="$known ! f:alias(.)"/>
          <out:sequence select="{$let/@value}"/>
        </xsl:when>
        <xsl:otherwise>
          <xsl:copy-of select="$let/node()"/>
        </xsl:otherwise>
      </xsl:choose>
    </out:variable>
  </xsl:function>

  <xsl:function name="f:alias" as="element()">
    <xsl:param name="let" as="element(sch:let)"/>
    <out:variable name="{$let/@name}" select="${f:global($let)}"/>
  </xsl:function>

  <xsl:template match="sch:rule" mode="stylesheet" as="element()">
    <xsl:variable name="number" as="xs:integer" select="f:number(..)"/>
    <xsl:variable name="after" as="xs:integer" select="
      count(following-sibling::sch:rule | ../following-sibling::sch:pattern/sch:rule)"/>
    <out:template match="{@context}" mode="Q{{fired}}check" priority="{$after}">
      <out:param name="Q{{fired}}held" as="Q{{http://www.w3.org/2001/XMLSchema}}integer" select="0"/>
      <out:if test="$Q{{fired}}held ne {$number}">
        <out:try>
          <xsl:sequence select="../sch:let[not(f:global(.) = @name)] ! f:alias(.)"/>
          <xsl:apply-templates select="sch:let | sch:assert | sch:report" mode="check"/>
          <out:catch errors="*">
            <failure pattern="{f:verbatim(../@id)}" at="{{path()}}">
              <out:value-of select="$Q{{http://www.w3.org/2005/xqt-errors}}description"/>
            </failure>
          </out:catch>
        </out:try>
      </out:if>
      <out:next-match>
        <out:with-param name="Q{{fired}}held" select="{$number}"/>
      </out:next-match>
    </out:template>
  </xsl:template>


  <!-- ═══ What a rule says of its node ═══ -->

  <xsl:template match="sch:let" mode="check" as="element()">
    <xsl:sequence select="f:variable(., @name)"/>
  </xsl:template>

  <xsl:template match="sch:assert" mode="check" as="element()">
    <out:choose>
      <out:when test="{@test}"/>
      <out:otherwise>
        <xsl:call-template name="finding"/>
      </out:otherwise>
    </out:choose>
  </xsl:template>

  <xsl:template match="sch:report" mode="check" as="element()">
    <out:if test="{@test}">
      <xsl:call-template name="finding"/>
    </out:if>
  </xsl:template>

  <!-- Role and flag count for all that stands in the rule or pattern that bears them. -->
  <xsl:template name="finding" as="element(finding)">
    <xsl:context-item as="element()" use="required"/>
    <xsl:variable name="subject" as="attribute(subject)?" select="(@subject, ../@subject)[1]"/>
    <finding>
      <xsl:attribute name="pattern" select="f:verbatim(ancestor::sch:pattern/@id)"/>
      <xsl:attribute name="id" select="f:verbatim(@id)"/>
      <xsl:attribute name="role" select="f:verbatim((@role, ../@role, ../../@role)[1])"/>
      <xsl:attribute name="flag" select="f:verbatim((@flag, ../@flag, ../../@flag)[1])"/>
      <xsl:attribute name="at" select="
        if ($subject) then '{path((' || $subject || ', .)[1])}' else '{path()}'"/>
      <text>
        <xsl:apply-templates mode="message"/>
      </text>
      <xsl:for-each select="key('diagnostic', tokenize(@diagnostics))">
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

  <xsl:template match="sch:value-of" mode="message" as="element()">
    <out:value-of select="{@select}"/>
  </xsl:template>

  <xsl:template match="sch:name" mode="message" as="element()">
    <out:value-of select="name({@path})"/>
  </xsl:template>

</xsl:stylesheet>
