<?xml version="1.0" encoding="UTF-8"?>
<!-- The legend: the signs that a document uses, each with what it means. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:v="urn:tei-edition:view"
    xmlns:map="http://www.w3.org/2005/xpath-functions/map"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all" expand-text="yes">

  <!-- ## The legend -->

  <xsl:template name="legend" as="element()?">
    <xsl:context-item as="document-node()" use="required"/>
    <xsl:variable name="signs" as="element()*">
      <xsl:for-each-group select="key('may-sign', 'all')[not(ancestor::teiHeader or ancestor::facsimile)]" group-by="v:sign(.)">
        <xsl:apply-templates select="." mode="sign"/>
      </xsl:for-each-group>
    </xsl:variable>
    <xsl:if test="exists($signs)">
      <section class="signs" aria-labelledby="signs">
        <h2 id="signs">Signs used in this text</h2>
        <dl>
          <xsl:sequence select="$signs"/>
        </dl>
      </section>
    </xsl:if>
  </xsl:template>

  <!-- Elements with the same value share one line of the legend; the first of them in the document is shown. -->
  <xsl:function name="v:sign" as="xs:string?">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="name" as="xs:string" select="local-name($element)"/>
    <xsl:choose>
      <xsl:when test="$name = ('choice', 'subst', 'app', 'del')">
        <xsl:sequence select="if (v:is-textual($element)) then 'textual' else $name[. = 'del']"/>
      </xsl:when>
      <xsl:when test="$name = ('gap', 'ex', 'space', 'add', 'surplus', 'pb', 'handShift')">
        <xsl:sequence select="$name"/>
      </xsl:when>
      <xsl:when test="$name = ('supplied', 'unclear')">
        <xsl:sequence select="$name || $element/@cert[. = 'low']"/>
      </xsl:when>
      <xsl:when test="$name = 'note'">
        <xsl:sequence select="$name[v:note-kind($element) = 'line']"/>
      </xsl:when>
      <xsl:when test="$element/parent::choice">
        <xsl:sequence select="($name || $element/@cert[. = 'low'])[$name = ('corr', 'reg', 'expan')][not(v:is-textual($element/..))]"/>
      </xsl:when>
      <xsl:when test="$name = 'sic'">
        <xsl:sequence select="$name"/>
      </xsl:when>
      <xsl:when test="$name = ('corr', 'reg', 'expan')">
        <xsl:sequence select="'edited'[not($element/descendant::ex)]"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:sequence select="$name[$element/self::p[@part = 'I']]"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <xsl:key name="may-sign" match="gap | ex | space | add | surplus | pb | handShift | supplied | unclear | note | sic | corr | reg | expan
    | choice | subst | app | del | p[@part = 'I']" use="'all'"/>

  <xsl:template name="sign" as="element()">
    <xsl:param name="sample" as="node()*"/>
    <xsl:param name="meaning" as="xs:string"/>
    <div>
      <dt>
        <xsl:sequence select="$sample"/>
      </dt>
      <dd>{$meaning}</dd>
    </div>
  </xsl:template>

  <xsl:template match="gap" mode="sign" as="element()">
    <xsl:call-template name="sign">
      <xsl:with-param name="sample"><span class="gap">[one word missing]</span></xsl:with-param>
      <xsl:with-param name="meaning" select="'Something is not there or cannot be read; the words in brackets say what.'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="supplied" mode="sign" as="element()">
    <xsl:call-template name="sign">
      <xsl:with-param name="sample"><span class="supplied">{if (@cert = 'low') then '[word?]' else '[word]'}</span></xsl:with-param>
      <xsl:with-param name="meaning" select="
        'Added by the translator or the editors' || (if (@cert = 'low') then ', who were not sure of it.' else '; not in the source.')"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="ex" mode="sign" as="element()">
    <xsl:call-template name="sign">
      <xsl:with-param name="sample"><span>A<span class="ex">[bbreviation]</span></span></xsl:with-param>
      <xsl:with-param name="meaning" select="'Letters that complete an abbreviation.'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="space" mode="sign" as="element()">
    <xsl:call-template name="sign">
      <xsl:with-param name="sample"><span class="space">[blank]</span></xsl:with-param>
      <xsl:with-param name="meaning" select="'The source leaves a space empty here.'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="surplus" mode="sign" as="element()">
    <xsl:call-template name="sign">
      <xsl:with-param name="sample"><span class="surplus">word</span></xsl:with-param>
      <xsl:with-param name="meaning" select="'Superfluous in the source, kept.'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="(choice | subst | app | del)[v:is-textual(.)]" mode="sign" as="element()" priority="2">
    <xsl:call-template name="sign">
      <xsl:with-param name="sample"><span>word<sup class="mark">a</sup></span></xsl:with-param>
      <xsl:with-param name="meaning" select="'A textual note says what the source has here, or what another text has.'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="add" mode="sign" as="element()">
    <xsl:call-template name="sign">
      <xsl:with-param name="sample"><ins>\word/</ins></xsl:with-param>
      <xsl:with-param name="meaning" select="'Added on the source.'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="del" mode="sign" as="element()">
    <xsl:call-template name="sign">
      <xsl:with-param name="sample"><del>⟦word⟧</del></xsl:with-param>
      <xsl:with-param name="meaning" select="'Deleted on the source.'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="handShift" mode="sign" as="element()">
    <xsl:call-template name="sign">
      <xsl:with-param name="sample"><span class="hand">[Hand: name]</span></xsl:with-param>
      <xsl:with-param name="meaning" select="'Another hand, pen or ink goes on from here.'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="sic" mode="sign" as="element()">
    <xsl:call-template name="sign">
      <xsl:with-param name="sample"><span class="sic">word [sic]</span></xsl:with-param>
      <xsl:with-param name="meaning" select="'So in the source, though it looks like a mistake.'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="corr | reg | expan" mode="sign" as="element()">
    <xsl:call-template name="sign">
      <xsl:with-param name="sample"><span class="corr">[word]</span></xsl:with-param>
      <xsl:with-param name="meaning" select="'Corrected, regularised or written out by the editors.'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="corr[parent::choice]" mode="sign" as="element()">
    <xsl:call-template name="sign">
      <xsl:with-param name="sample"><span>word <span class="corr">[ward]</span></span></xsl:with-param>
      <xsl:with-param name="meaning" select="'What the source has, and the correction of the editors in brackets.'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="reg[parent::choice]" mode="sign" as="element()">
    <xsl:call-template name="sign">
      <xsl:with-param name="sample"><span>Name <span class="reg">[Other Name]</span></span></xsl:with-param>
      <xsl:with-param name="meaning" select="'Another form of the name, which the source page gives in brackets.'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="corr[@cert = 'low'][parent::choice]" mode="sign" as="element()" priority="1">
    <xsl:call-template name="sign">
      <xsl:with-param name="sample"><span>word <span class="corr">[ward?]</span></span></xsl:with-param>
      <xsl:with-param name="meaning" select="'The translator or the editors propose the word in brackets in place of the one before.'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="expan[parent::choice]" mode="sign" as="element()">
    <xsl:call-template name="sign">
      <xsl:with-param name="sample"><span>ABC <span class="expan">[All But Certain]</span></span></xsl:with-param>
      <xsl:with-param name="meaning" select="'What an abbreviation stands for.'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="pb[normalize-space(@n)]" mode="sign" as="element()">
    <xsl:call-template name="sign">
      <xsl:with-param name="sample"><span><span class="pb-mark">|</span> <span class="pb-n">{@n}</span></span></xsl:with-param>
      <xsl:with-param name="meaning" select="'A page of the source begins, with this number.'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="note" mode="sign" as="element()">
    <xsl:call-template name="sign">
      <xsl:with-param name="sample"><span class="note-in-line">[words]</span></xsl:with-param>
      <xsl:with-param name="meaning" select="'A remark of the translator or the editors, or something written on the source.'"/>
    </xsl:call-template>
  </xsl:template>

</xsl:stylesheet>
