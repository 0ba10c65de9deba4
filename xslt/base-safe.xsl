<?xml version="1.0" encoding="UTF-8"?>
<!-- What keeps a page safe and valid: addresses, ids, class tokens, languages, spans and block structure.
     Nothing of a document becomes an attribute of HTML without passing through a function of this file. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:v="urn:tei-edition:view"
    xmlns:map="http://www.w3.org/2005/xpath-functions/map"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all" expand-text="yes">

  <xsl:key name="id" match="*[@xml:id]" use="v:token(@xml:id)"/>

  <xsl:variable name="letters" static="yes" as="xs:string" select="'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.'"/>
  <xsl:variable name="plain" static="yes" as="xs:string" select="$letters || '/:?#=&amp;%~+,;!'"/>

  <!-- The id as it can be written after a hash: NFC, no white space or control characters. -->
  <xsl:function name="v:token" as="xs:string">
    <xsl:param name="id" as="xs:string"/>
    <xsl:sequence select="
      if (translate($id, $letters, '') = '') then $id
      else replace(normalize-unicode($id), '[\p{Z}\p{C}&quot;&lt;&gt;\\^`\{\}|%#]', '')"/>
  </xsl:function>

  <!-- The id of an element in the page: its own with t- before it, so that it can be no name of the browser's;
       none when another element has it already. -->
  <xsl:function name="v:id" as="xs:string?">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="token" as="xs:string" select="v:token(string($element/@xml:id))"/>
    <xsl:if test="$token and key('id', $token, root($element))[1] is $element">
      <xsl:sequence select="'t-' || $token"/>
    </xsl:if>
  </xsl:function>

  <!-- The address of a link, or nothing when it is not plainly harmless: http(s), mailto, tel, doi, urn, a place in
       this document that exists, or a relative path that stays below. -->
  <xsl:function name="v:href" as="xs:string?">
    <xsl:param name="pointer" as="attribute()?"/>
    <xsl:variable name="value" as="xs:string" select="if (contains($pointer, ' ')) then replace($pointer, '^ +| +$', '') else string($pointer)"/>
    <xsl:choose>
      <!-- Most addresses are of plain letters; the expressions below take ten times as long. -->
      <xsl:when test="(starts-with($value, 'https://') or starts-with($value, 'http://')) and translate($value, $plain, '') = ''
        and translate(substring(substring-after($value, '//'), 1, 1), '/?#', '') ne ''">
        <xsl:sequence select="$value"/>
      </xsl:when>
      <xsl:when test="$value = '' or matches($value, '[\p{C}\p{Z}\\&lt;&gt;&quot;`]')"/>
      <xsl:when test="starts-with($value, '#')">
        <xsl:variable name="token" as="xs:string" select="v:token(substring($value, 2))"/>
        <xsl:sequence select="key('id', $token, root($pointer))[1][ancestor::text] ! ('#t-' || $token)"/>
      </xsl:when>
      <xsl:when test="matches($value, '^https?://[^/@?#]+([/?#].*)?$', 'i')
        or matches($value, '^(mailto:[^?]+@[^?]+|tel:[0-9+().-]+|doi:10\..+|urn:[a-z0-9-]+:.+)$', 'i')">
        <xsl:sequence select="v:escaped($value)"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:sequence select="$value[v:is-relative(.)] ! v:escaped(.)"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- An address with what none may hold written as numbers: braces, brackets, bars. -->
  <xsl:function name="v:escaped" as="xs:string">
    <xsl:param name="address" as="xs:string"/>
    <xsl:sequence select="
      if (translate($address, '{}|^[]', '') = $address) then $address
      else string-join((string-to-codepoints($address) ! codepoints-to-string(.)) ! (if (contains('{}|^[]', .)) then encode-for-uri(.) else .))"/>
  </xsl:function>

  <xsl:function name="v:is-relative" as="xs:boolean">
    <xsl:param name="path" as="xs:string"/>
    <xsl:sequence select="
      matches($path, '^[\p{L}\p{N}_.~][^\\\p{C}\p{Z}]*$') and not(matches($path, '^[^/?#]*:'))
      and not(matches($path, '(^|/)(\.|%2e){2}(/|$|[?#])', 'i')) and not(matches($path, '%(2f|5c|0)', 'i'))"/>
  </xsl:function>

  <!-- Class tokens made of an attribute such as @rend: with a prefix, letters and digits only. -->
  <xsl:function name="v:tokens" as="xs:string*" cache="yes">
    <xsl:param name="prefix" as="xs:string"/>
    <xsl:param name="value" as="xs:string?"/>
    <xsl:sequence select="
      for $token in tokenize($value) ! replace(., '^.*[#:]', '')
      return $prefix[matches($token, '^[A-Za-z][A-Za-z0-9_-]{0,40}$')] ! (. || lower-case($token))"/>
  </xsl:function>

  <!-- A language tag as browsers know it: two letters where ISO 639 has them. -->
  <xsl:function name="v:language" as="xs:string?" cache="yes">
    <xsl:param name="lang" as="xs:string?"/>
    <xsl:variable name="tag" as="xs:string?" select="string($lang)[matches(., '^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$')]"/>
    <xsl:variable name="short" as="xs:string?" select="$two-letters(lower-case(tokenize($tag, '-')[1]))"/>
    <xsl:sequence select="if (string-length($lang) = 2 and translate($lang, 'abcdefghijklmnopqrstuvwxyz', '') = '') then $lang
      else if ($short) then replace($tag, '^[A-Za-z]+', $short) else $tag"/>
  </xsl:function>

  <xsl:variable name="two-letters" static="yes" as="map(xs:string, xs:string)" select="map:merge(
    for $pair in tokenize('ara:ar bul:bg cat:ca ces:cs cze:cs chi:zh zho:zh dan:da deu:de ger:de dut:nl nld:nl ell:el gre:el eng:en
      est:et fas:fa per:fa fin:fi fra:fr fre:fr gle:ga heb:he hrv:hr hun:hu ice:is isl:is ita:it jpn:ja kor:ko lat:la lav:lv lit:lt
      mon:mn nor:no pol:pl por:pt ron:ro rum:ro rus:ru slk:sk slo:sk slv:sl spa:es sqi:sq alb:sq srp:sr swe:sv tur:tr ukr:uk
      vie:vi wel:cy cym:cy yid:yi hye:hy arm:hy kat:ka geo:ka aze:az kaz:kk uzb:uz san:sa hin:hi ben:bn urd:ur')
    return map {substring-before($pair, ':'): substring-after($pair, ':')})"/>

  <!-- The attributes of an element of the page: class, id, language and its direction. -->
  <xsl:function name="v:attributes" as="attribute()*">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="classes" as="xs:string*"/>
    <xsl:choose>
      <xsl:when test="$element/@rend or $element/@rendition or $element/@style">
        <xsl:sequence select="v:rendered($element, $classes)"/>
      </xsl:when>
      <xsl:when test="exists($classes)">
        <xsl:attribute name="class" select="$classes"/>
      </xsl:when>
    </xsl:choose>
    <xsl:sequence select="v:identity($element)"/>
  </xsl:function>

  <xsl:function name="v:identity" as="attribute()*">
    <xsl:param name="element" as="element()"/>
    <xsl:if test="$element/@xml:id">
      <xsl:for-each select="v:id($element)">
        <xsl:attribute name="id" select="."/>
      </xsl:for-each>
    </xsl:if>
    <xsl:if test="$element/@xml:lang">
      <xsl:for-each select="v:language($element/@xml:lang)">
        <xsl:attribute name="lang" select="."/>
        <xsl:variable name="around" as="xs:string?" select="($element/ancestor::*/@xml:lang)[last()] ! v:language(.)"/>
        <xsl:if test="v:leftwards(.) != v:leftwards(string($around))">
          <xsl:attribute name="dir" select="if (v:leftwards(.)) then 'rtl' else 'ltr'"/>
        </xsl:if>
      </xsl:for-each>
    </xsl:if>
  </xsl:function>

  <xsl:function name="v:leftwards" as="xs:boolean" cache="yes">
    <xsl:param name="language" as="xs:string"/>
    <xsl:sequence select="
      matches($language, '^(ar|he|fa|ur|yi|syr|ps|ug|dv|ota|arc|ckb|sd)(-|$)|-(Arab|Hebr|Syrc|Thaa|Nkoo)(-|$)', 'i')
      and not(matches($language, '-(Latn|Cyrl|Grek)', 'i'))"/>
  </xsl:function>

  <!-- @cols and @rows: a number that a table can have. -->
  <xsl:function name="v:span" as="xs:integer?">
    <xsl:param name="number" as="attribute()?"/>
    <xsl:sequence select="if (matches($number, '^0*[1-9][0-9]{0,5}$')) then min((xs:integer($number), 1000))[. gt 1] else ()"/>
  </xsl:function>

  <!-- A date as HTML's time element takes it. -->
  <xsl:function name="v:datetime" as="xs:string?">
    <xsl:param name="date" as="element()"/>
    <xsl:sequence select="($date/@when, $date/@when-iso)[1] ! v:when(.)"/>
  </xsl:function>

  <xsl:function name="v:when" as="xs:string?" cache="yes">
    <xsl:param name="when" as="xs:string"/>
    <xsl:sequence select="
      $when[matches(., '^[0-9]{4}(-[0-9]{2}){0,2}$') and not(starts-with(., '0000'))
        and (. castable as xs:date or . castable as xs:gYearMonth or . castable as xs:gYear)]"/>
  </xsl:function>

  <!-- A machine's date as words: 1945-11-16 is 16 November 1945. -->
  <xsl:function name="v:date" as="xs:string">
    <xsl:param name="when" as="xs:string?"/>
    <xsl:variable name="months" as="xs:string+" select="
      'January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'"/>
    <xsl:variable name="parts" as="xs:string*" select="tokenize($when, '-')"/>
    <xsl:sequence select="
      if (matches($when, '^[0-9]{4}-(0[1-9]|1[0-2])(-[0-3][0-9])?$'))
      then string-join((($parts[3] ! (xs:integer(.) || $phrases('day-sign'))), v:say($months[xs:integer($parts[2])]), $parts[1]), ' ')
      else string($when)"/>
  </xsl:function>

  <!-- ## Blocks and lines: HTML's p, span and headings hold no blocks, TEI's may. -->

  <xsl:variable name="structure" static="yes" as="xs:string+" select="tokenize('TEI teiCorpus text front body back group div div0 div1 div2
    div3 div4 div5 div6 div7 floatingText sp spGrp lg list listBibl castList castGroup table row figure postscript epigraph argument titlePage
    sourceDoc surface surfaceGrp zone standOff set prologue epilogue performance listPerson listPlace listOrg listEvent
    person place org event noteGrp opener closer cit
    listApp listWit attachment entry entryFree superEntry hom sense dictScrap re msDesc msPart msFrag')"/>

  <xsl:variable name="in-structure" static="yes" as="map(xs:string, xs:boolean)" select="map:merge($structure ! map {.: true()})"/>

  <xsl:variable name="blocks" static="yes" as="map(xs:string, xs:boolean)" select="map:merge(($structure[not(. = 'cit')], tokenize('p ab l head opener closer salute dateline
    signed byline trailer address eg egXML schemaSpec elementSpec docTitle titlePart docImprint docDate docEdition u line divGen castItem
    imprimatur caption')) ! map {.: true()}, map {'duplicates': 'use-first'})"/>

  <!-- Whether a list runs on in its paragraph. -->
  <xsl:function name="v:is-inline" as="xs:boolean">
    <xsl:param name="list" as="element()"/>
    <xsl:sequence select="$list/self::list and exists($list[@rend][tokenize(@rend) = 'inline'][v:in-line(.)]
      [not(some $part in */* satisfies map:contains($blocks, local-name($part)))])"/>
  </xsl:function>

  <!-- Whether an element must be a div: something below it, outside its footnotes, is a block. -->
  <xsl:function name="v:holds-block" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="exists($element/*) and (some $child in $element/* satisfies
      (map:contains($blocks, local-name($child)) and not(v:is-inline($child)) or $child/self::note and v:note-kind($child) = 'box'
      or $child/* and (not($child/self::note) or v:note-kind($child) = 'line') and v:holds-block($child)))"/>
  </xsl:function>

  <xsl:function name="v:tag" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="usual" as="xs:string"/>
    <xsl:sequence select="if (v:holds-block($element)) then 'div' else $usual"/>
  </xsl:function>

  <!-- Whether an element stands among words, not among blocks. -->
  <xsl:function name="v:in-line" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="parent" as="element()?" select="$element/parent::*"/>
    <xsl:sequence select="
      if (empty($parent)) then false()
      else if (local-name($parent) = ('opener', 'closer')) then exists($parent/text()[normalize-space()])
      else if (map:contains($in-structure, local-name($parent))) then exists($parent/self::cit[v:in-line(.)])
      else exists($parent/text()[normalize-space()]) or not(some $child in $parent/* satisfies map:contains($blocks, local-name($child)))"/>
  </xsl:function>

  <!-- Whether an element may become a link: links do not hold links, the inner one is kept. -->
  <xsl:function name="v:may-link" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="empty($element/*) or
      not(v:holds-block($element))
      and empty($element//(ref[@target] | ptr | note | email | idno | graphic | media
        | (choice | del | subst | app)[v:is-textual(.)]))
      and empty($element//*[@ref][v:register(.)])"/>
  </xsl:function>

</xsl:stylesheet>
