<?xml version="1.0" encoding="UTF-8"?>
<!-- A schema without abstractions in, the templates of its patterns and rules out. -->
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

  <xsl:template match="sch:schema" mode="stylesheet" as="element()">
    <xsl:variable name="other" as="element()*" select="(sch:pattern | sch:group)[@documents]"/>
    <xsl:variable name="walk" as="xs:string" select="f:walk((sch:pattern | sch:group)[not(@documents)]/sch:rule)"/>
    <!-- The first query language of Schematron is that of XSLT 1.0: of several nodes the first one counts. -->
    <out:stylesheet version="{if (f:binding(.) = ('xslt', 'xslt1', 'xpath')) then '1.0' else '3.0'}">
      <xsl:for-each select="sch:ns">
        <xsl:namespace name="{@prefix}" select="string(@uri)"/>
      </xsl:for-each>
      <out:output method="xml" indent="no" encoding="UTF-8"/>
      <out:mode name="Q{{fired}}check" on-no-match="deep-skip"/>
      <xsl:if test="$other">
        <out:param name="Q{{fired}}number" as="Q{{http://www.w3.org/2001/XMLSchema}}integer" select="0"/>
        <out:param name="Q{{fired}}other" as="document-node()?" select="()"/>
      </xsl:if>
      <xsl:copy-of select="xsl:*"/>
      <xsl:apply-templates select="sch:let | sch:pattern | sch:group" mode="stylesheet"/>
      <!-- Without this one the document node would hand on its children, which come by themselves. -->
      <out:template match="document-node()" mode="Q{{fired}}check" priority="-1"/>
      <xsl:apply-templates select="sch:phase" mode="stylesheet">
        <xsl:with-param name="walk" select="$walk"/>
      </xsl:apply-templates>
      <xsl:variable name="first" as="element()*">
        <xsl:choose>
          <xsl:when test="sch:phase">
            <out:apply-templates select="/" mode="Q{{fired}}from"/>
          </xsl:when>
          <xsl:otherwise>
            <out:apply-templates select="/ ! {$walk}" mode="Q{{fired}}check"/>
          </xsl:otherwise>
        </xsl:choose>
        <xsl:for-each select="$other">
          <out:for-each select="{@documents}">
            <xsl:copy-of select="@fired:from"/>
            <wanted pattern="{f:number(current())}" uri="{{.}}"/>
          </out:for-each>
        </xsl:for-each>
      </xsl:variable>
      <out:template match="/">
        <fired>
          <xsl:choose>
            <xsl:when test="$other">
              <out:choose>
                <xsl:for-each select="$other">
                  <out:when test="$Q{{fired}}number eq {f:number(.)}">
                    <out:apply-templates select="$Q{{fired}}other ! {f:walk(sch:rule)}" mode="{f:mode(.)}"/>
                  </out:when>
                </xsl:for-each>
                <out:otherwise>
                  <xsl:sequence select="$first"/>
                </out:otherwise>
              </out:choose>
            </xsl:when>
            <xsl:otherwise>
              <xsl:sequence select="$first"/>
            </xsl:otherwise>
          </xsl:choose>
        </fired>
      </out:template>
    </out:stylesheet>
  </xsl:template>

  <!-- The first phase whose @when is true of a document; where there is none, all patterns are active. -->
  <xsl:template match="sch:schema" mode="chooser" as="element()">
    <out:stylesheet version="{if (f:binding(.) = ('xslt', 'xslt1', 'xpath')) then '1.0' else '3.0'}">
      <xsl:for-each select="sch:ns">
        <xsl:namespace name="{@prefix}" select="string(@uri)"/>
      </xsl:for-each>
      <out:output method="xml" indent="no" encoding="UTF-8"/>
      <xsl:copy-of select="xsl:*"/>
      <xsl:apply-templates select="sch:let" mode="stylesheet"/>
      <out:template match="/">
        <fired>
          <out:attribute name="phase">
            <out:choose>
              <xsl:for-each select="sch:phase[@when]">
                <out:when test="{@when}">
                  <xsl:copy-of select="@fired:from"/>
                  <out:text>{@id}</out:text>
                </out:when>
              </xsl:for-each>
              <out:otherwise>#ALL</out:otherwise>
            </out:choose>
          </out:attribute>
        </fired>
      </out:template>
    </out:stylesheet>
  </xsl:template>

  <!-- What is visited of a tree: elements, and whatever else the last step of a context is seen to be about. In doubt,
       everything. (An exclamation mark keeps the order that is there; a slash would sort.) -->
  <xsl:function name="f:walk" as="xs:string">
    <xsl:param name="rules" as="element(sch:rule)*"/>
    <xsl:variable name="kinds" as="xs:string*" select="$rules/@context ! tokenize(f:bare(.), '\|') ! f:kind(.)"/>
    <xsl:variable name="attributes" as="xs:string" select="
      string-join(distinct-values($kinds[starts-with(., '@')]), ' | ')"/>
    <xsl:variable name="nodes" as="xs:string" select="if ($kinds = 'node') then 'node()' else '*'"/>
    <xsl:sequence select="
      if ($kinds = 'any') then '(descendant-or-self::node() ! (., @*))'
      else '(' || 'self::document-node(), '[$kinds = '/' and $nodes = '*'] || 'descendant-or-self::' || $nodes
               || (if ($attributes) then ' ! (., ' || $attributes || ')' else '') || ')'"/>
  </xsl:function>

  <!-- What the last step of a path is about: element, node (text and the like), / (the document), @ and a name, or any. -->
  <xsl:function name="f:kind" as="xs:string">
    <xsl:param name="path" as="xs:string"/>
    <xsl:variable name="step" as="xs:string" select="
      replace(normalize-space(replace($path, '^.*/', '', 's')), '^(child|descendant|descendant-or-self|self) ?:: ?', '')"/>
    <xsl:variable name="name" as="xs:string" select="'([\i-[:]][\c-[:]]*|\*)(:([\i-[:]][\c-[:]]*|\*))?$'"/>
    <xsl:sequence select="
      if (matches($step, '^' || $name)) then 'element'
      else if (matches($step, '^(@|attribute ?::) ?' || $name)) then replace($step, '^(@|attribute ?::) ?', '@')
      else if ($step = ('', 'document-node()')) then '/'
      else if (matches($step, '^(text|comment|processing-instruction) ?\([^()]*\)$')) then 'node'
      else 'any'"/>
  </xsl:function>

  <!-- A context without its strings, predicates, and choices of ancestors in parentheses; where there are comments, it is
       not looked into. -->
  <xsl:function name="f:bare" as="xs:string">
    <xsl:param name="context" as="xs:string"/>
    <xsl:variable name="less" as="xs:string" select="
      $context => replace('''[^'']*''|&quot;[^&quot;]*&quot;', '') => replace('\[[^\[\]]*\]', '')
               => replace('\([^()]+\)\s*/', '/')"/>
    <xsl:sequence select="
      if (contains($context, '(:')) then '(:' else if ($less = $context) then $context else f:bare($less)"/>
  </xsl:function>

  <xsl:function name="f:mode" as="xs:string">
    <xsl:param name="pattern" as="element()"/>
    <xsl:sequence select="'Q{fired}' || (if ($pattern/@documents) then 'documents-' || f:number($pattern) else 'check')"/>
  </xsl:function>

  <!-- A phase with @from is about the parts of a document that match it. -->
  <xsl:template match="sch:phase" mode="stylesheet" as="element()*">
    <xsl:param name="walk" as="xs:string"/>
    <out:mode name="Q{{fired}}from" on-no-match="shallow-skip"/>
    <out:template match="{@from}" mode="Q{{fired}}from">
      <xsl:copy-of select="@fired:from"/>
      <out:apply-templates select="{$walk}" mode="Q{{fired}}check"/>
    </out:template>
  </xsl:template>

  <xsl:template match="sch:schema/sch:let" mode="stylesheet" as="element()">
    <xsl:sequence select="f:variable(., @name)"/>
  </xsl:template>

  <xsl:template match="sch:pattern | sch:group" mode="stylesheet" as="element()*">
    <xsl:for-each select="sch:let">
      <xsl:sequence select="f:variable(., f:global(.), preceding-sibling::sch:let[not(f:global(.) = @name)])"/>
    </xsl:for-each>
    <xsl:if test="@documents">
      <out:mode name="{f:mode(.)}" on-no-match="deep-skip"/>
      <out:template match="document-node()" mode="{f:mode(.)}" priority="-1"/>
    </xsl:if>
    <xsl:apply-templates select="sch:rule" mode="stylesheet"/>
  </xsl:template>

  <!-- The name under which a pattern's let is global: its own where no other pattern uses it, else one in a namespace
       of the pattern. -->
  <xsl:function name="f:global" as="xs:string">
    <xsl:param name="let" as="element(sch:let)"/>
    <xsl:variable name="same" as="element(sch:let)*" select="
      $let/ancestor::sch:schema/(sch:let | sch:pattern/sch:let | sch:group/sch:let)[@name = $let/@name]"/>
    <xsl:sequence select="
      if (count($same) = 1) then $let/@name else 'Q{pattern-' || f:number($let/..) || '}' || $let/@name"/>
  </xsl:function>

  <xsl:function name="f:number" as="xs:integer">
    <xsl:param name="pattern" as="element()"/>
    <xsl:sequence select="count($pattern/(preceding-sibling::sch:pattern | preceding-sibling::sch:group)) + 1"/>
  </xsl:function>

  <xsl:function name="f:variable" as="element()">
    <xsl:param name="let" as="element(sch:let)"/>
    <xsl:param name="name" as="xs:string"/>
    <xsl:sequence select="f:variable($let, $name, ())"/>
  </xsl:function>

  <!-- A let as a variable; $known are lets of its pattern that are global under another name than it uses. A let of a
       pattern about other documents is seen from these. -->
  <xsl:function name="f:variable" as="element()">
    <xsl:param name="let" as="element(sch:let)"/>
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="known" as="element(sch:let)*"/>
    <xsl:variable name="value" as="xs:string?" select="
      if ($let/../@documents and $let/@value) then '$Q{fired}other/(' || $let/@value || ')' else $let/@value"/>
    <out:variable name="{$name}">
      <xsl:copy-of select="$let/(@as, @fired:from)"/>
      <xsl:choose>
        <xsl:when test="$let/@value and empty($known)">
          <xsl:attribute name="select" select="$value"/>
        </xsl:when>
        <xsl:when test="$let/@value">
          <xsl:attribute name="as" select="($let/@as, 'item()*')[1]"/>
          <xsl:sequence select="$known ! f:alias(.)"/>
          <out:sequence select="{$value}"/>
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
      count(following-sibling::sch:rule | ../(following-sibling::sch:pattern | following-sibling::sch:group)/sch:rule)"/>
    <xsl:variable name="renamed" as="element(sch:let)*" select="../sch:let[not(f:global(.) = @name)]"/>
    <!-- A context cannot see the aliases of the template that it is the pattern of. -->
    <xsl:variable name="context" as="xs:string" select="
      f:filled(@context, map:merge($renamed ! map:entry(string(@name), '$' || f:global(.))))"/>
    <xsl:variable name="said" as="element()*">
      <xsl:sequence select="$renamed ! f:alias(.)"/>
      <xsl:choose>
        <xsl:when test="@visit-each">
          <out:variable name="Q{{fired}}node" select="."/>
          <out:for-each select="{@visit-each}">
            <xsl:apply-templates select="sch:let | sch:assert | sch:report" mode="check"/>
          </out:for-each>
        </xsl:when>
        <xsl:otherwise>
          <xsl:apply-templates select="sch:let | sch:assert | sch:report" mode="check"/>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <!-- What cannot be evaluated stops its own assertion only; the guard here is for variables. -->
    <xsl:variable name="body" as="element()*">
      <xsl:choose>
        <xsl:when test="$renamed or sch:let or @visit-each">
          <out:try>
            <xsl:sequence select="$said"/>
            <xsl:call-template name="catch"/>
          </out:try>
        </xsl:when>
        <xsl:otherwise>
          <xsl:sequence select="$said"/>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <out:template match="{$context}" mode="{f:mode(..)}" priority="{$after}">
      <xsl:copy-of select="@fired:from"/>
      <out:param name="Q{{fired}}held" as="Q{{http://www.w3.org/2001/XMLSchema}}integer" select="0"/>
      <xsl:choose>
        <xsl:when test="parent::sch:group">
          <xsl:sequence select="$body"/>
        </xsl:when>
        <xsl:otherwise>
          <out:if test="$Q{{fired}}held ne {$number}">
            <xsl:sequence select="$body"/>
          </out:if>
        </xsl:otherwise>
      </xsl:choose>
      <out:next-match>
        <out:with-param name="Q{{fired}}held" select="{$number}"/>
      </out:next-match>
    </out:template>
  </xsl:template>

</xsl:stylesheet>
