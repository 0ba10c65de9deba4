<?xml version="1.0" encoding="UTF-8"?>
<!-- The legend: the signs that a document uses, each with what it means. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:v="urn:tei-edition:view"
    xmlns:map="http://www.w3.org/2005/xpath-functions/map"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all" expand-text="yes">

  <!-- ## The legend -->

  <xsl:template name="legend" as="element()?">
    <xsl:context-item as="document-node()" use="required"/>
    <xsl:if test="exists($signs)">
      <section class="signs" aria-labelledby="signs">
        <xsl:call-template name="spoken"/>
        <h2 id="signs">{v:say('Signs used in this text')}</h2>
        <dl>
          <xsl:apply-templates select="$signs" mode="sign"/>
        </dl>
      </section>
    </xsl:if>
  </xsl:template>

  <!-- What has a line in the legend, one of each kind: the first in the document. To look for one name at a time is
       what Saxon does quickest. -->
  <xsl:variable name="signs" as="element()*" select="let $supplied := //supplied, $unclear := //unclear return (
    v:first(//gap), v:first(//ex), v:first(//space), v:first(//add), v:first(//surplus), v:first(//pb[normalize-space(@n)]), v:first(//handShift),
    v:first($supplied[not(@cert = 'low')]), v:first($supplied[@cert = 'low']),
    v:first($unclear[not(@cert = 'low')]), v:first($unclear[@cert = 'low']),
    v:first(//note[v:note-kind(.) = 'line']), v:first(//sic[not(parent::choice)]),
    $textual[1], v:first(//del[not(v:is-textual(.))]),
    v:first($choices/corr[v:beside(.)][not(@cert = 'low')]), v:first($choices/corr[v:beside(.)][@cert = 'low']),
    v:first($choices/reg[v:beside(.)][not(@cert = 'low')]), v:first($choices/reg[v:beside(.)][@cert = 'low']),
    v:first($choices/expan[v:beside(.)][not(@cert = 'low')]), v:first($choices/expan[v:beside(.)][@cert = 'low']),
    v:first((//corr, //reg, //expan)[not(parent::choice)][not(descendant::ex)]/.), $own-signs)/."/>

  <!-- What has a line in the legend of one view only. -->
  <xsl:variable name="own-signs" as="element()*" select="()"/>

  <xsl:function name="v:first" as="element()?">
    <xsl:param name="elements" as="element()*"/>
    <xsl:sequence select="$elements[not(ancestor::teiHeader or ancestor::facsimile)][1]"/>
  </xsl:function>

  <!-- Whether an edited form stands in the text, beside what the source has. -->
  <xsl:function name="v:beside" as="xs:boolean">
    <xsl:param name="form" as="element()"/>
    <xsl:sequence select="not(v:is-textual($form/..))"/>
  </xsl:function>

  <xsl:template name="sign" as="element()">
    <xsl:param name="sample" as="node()*"/>
    <xsl:param name="meaning" as="xs:string"/>
    <div>
      <dt>
        <xsl:sequence select="$sample"/>
      </dt>
      <dd>{v:say($meaning)}</dd>
    </div>
  </xsl:template>

  <xsl:template match="gap" mode="sign" as="element()">
    <xsl:call-template name="sign">
      <xsl:with-param name="sample"><span class="gap">[{v:say('one word missing')}]</span></xsl:with-param>
      <xsl:with-param name="meaning" select="'Something is not there or cannot be read; the words in brackets say what.'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="supplied" mode="sign" as="element()">
    <xsl:call-template name="sign">
      <xsl:with-param name="sample"><span class="supplied">[{v:say('word')}{'?'[current()/@cert = 'low']}]</span></xsl:with-param>
      <xsl:with-param name="meaning" select="
        if (@cert = 'low') then 'Added by the translator or the editors, who were not sure of it.' else 'Added by the translator or the editors; not in the source.'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="ex" mode="sign" as="element()">
    <xsl:call-template name="sign">
      <xsl:with-param name="sample"><span>{v:say('A')}<span class="ex">[{v:say('bbreviation')}]</span></span></xsl:with-param>
      <xsl:with-param name="meaning" select="'Letters that complete an abbreviation.'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="space" mode="sign" as="element()">
    <xsl:call-template name="sign">
      <xsl:with-param name="sample"><span class="space">[{v:say('blank')}]</span></xsl:with-param>
      <xsl:with-param name="meaning" select="'The source leaves a space empty here.'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="surplus" mode="sign" as="element()">
    <xsl:call-template name="sign">
      <xsl:with-param name="sample"><span class="surplus">{v:say('word')}</span></xsl:with-param>
      <xsl:with-param name="meaning" select="'Superfluous in the source, kept.'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="(choice | subst | app | del)[v:is-textual(.)]" mode="sign" as="element()" priority="2">
    <xsl:call-template name="sign">
      <xsl:with-param name="sample"><span>{v:say('word')}<sup class="mark">a</sup></span></xsl:with-param>
      <xsl:with-param name="meaning" select="'A textual note says what the source has here, or what another text has.'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="add" mode="sign" as="element()">
    <xsl:call-template name="sign">
      <xsl:with-param name="sample"><ins>\{v:say('word')}/</ins></xsl:with-param>
      <xsl:with-param name="meaning" select="'Added on the source.'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="del" mode="sign" as="element()">
    <xsl:call-template name="sign">
      <xsl:with-param name="sample"><del>⟦{v:say('word')}⟧</del></xsl:with-param>
      <xsl:with-param name="meaning" select="'Deleted on the source.'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="handShift" mode="sign" as="element()">
    <xsl:call-template name="sign">
      <xsl:with-param name="sample"><span class="hand">[{v:say('Hand: %', v:say('name'))}]</span></xsl:with-param>
      <xsl:with-param name="meaning" select="'Another hand, pen or ink goes on from here.'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="sic" mode="sign" as="element()">
    <xsl:call-template name="sign">
      <xsl:with-param name="sample"><span class="sic">{v:say('word')} [sic]</span></xsl:with-param>
      <xsl:with-param name="meaning" select="'So in the source, though it looks like a mistake.'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="corr | reg | expan" mode="sign" as="element()">
    <xsl:call-template name="sign">
      <xsl:with-param name="sample"><span class="corr">[{v:say('word')}]</span></xsl:with-param>
      <xsl:with-param name="meaning" select="'Corrected, regularised or written out by the editors.'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="corr[parent::choice]" mode="sign" as="element()">
    <xsl:call-template name="sign">
      <xsl:with-param name="sample"><span>{v:say('wird')} <span class="corr">[{v:say('word')}]</span></span></xsl:with-param>
      <xsl:with-param name="meaning" select="'What the source has, and the correction of the editors in brackets.'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="reg[parent::choice]" mode="sign" as="element()">
    <xsl:call-template name="sign">
      <xsl:with-param name="sample"><span>{v:say('Name')} <span class="reg">[{v:say('Other Name')}]</span></span></xsl:with-param>
      <xsl:with-param name="meaning" select="'Another form of the name, which the source page gives in brackets.'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="corr[@cert = 'low'][parent::choice]" mode="sign" as="element()" priority="1">
    <xsl:call-template name="sign">
      <xsl:with-param name="sample"><span>{v:say('wird')} <span class="corr">[{v:say('word')}?]</span></span></xsl:with-param>
      <xsl:with-param name="meaning" select="'The translator or the editors propose the word in brackets in place of the one before.'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="expan[parent::choice]" mode="sign" as="element()">
    <xsl:call-template name="sign">
      <xsl:with-param name="sample"><span>{v:say('ABC')} <span class="expan">[{v:say('All But Certain')}]</span></span></xsl:with-param>
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
      <xsl:with-param name="sample"><span class="note-in-line">[{v:say('words')}]</span></xsl:with-param>
      <xsl:with-param name="meaning" select="'A remark of the translator or the editors, or something written on the source.'"/>
    </xsl:call-template>
  </xsl:template>

</xsl:stylesheet>
