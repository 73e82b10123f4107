"""The words that names are made of: keys and kinds of a PDF, properties, styles of paragraphs, letters of a font.

Programs take them from the format's own rules; a name made of any other word was given by somebody, and may tell what
no page does (`ingest.named`). In doubt a word is left out, and an officer is asked.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PDF = _words(
    """
    alternative attachments changes cmyk cour departmental desc enforce expired fonts hints instantiated intents
    isolated knockout lastpage mixing need ocmd parents points procs release sold spider unmarked wide
    aapl abrupt accepted accurate acro acrobat acroform action actions activation actual adbe added additional
    adobe aesv after alaw alias align allcap alpha alphabet alternate alternates always analysis anamorphic
    angle annot annotation annotations annots ansi anti any app appearance appearances append apple application
    approved arabic arch architectural archive area arrow art artboard artifact ascent ascii aside asset assets
    associated attach attached attachment attestation auth author auto automatic avg away axes axis background
    barcode base based baseline bates bead beads before behavior bevelled bib bibliography bitmap bits black
    blank bleed blend blinds blink block blue body bold boolean border bottom bounding bounds box boxes build
    built burn butt button byte bytes cache cades cairo cal calculate calibrated callout cancel cancelled
    caption caret cartesian catalog category ccitt center centerline cert certs change changed channel char
    character characters charge chart check checkbox checked checksum child choice cid circle class
    classification clear clip clipped close closed cloud cloudy clr cmap coated code collection color colorant
    colorants colorimetric colors colour cols column columns combobox command comment comments company
    compatible completed complex component components compress compressed condition confidence confidential
    configuration configurations constraint contact content contents context continuous control convert
    coordinate coordinates coords copies copy cosine count courier cover create created creation creator crls
    crop cropped cross crypt current cursor custom cyan damaged dark darken dash dashed data date dates datetime
    dctdecode dead decimal decode decoration decorative deep default defaults delay deleted delta depth
    derivation descendant descent descriptor design dest destination dests detached detail developer device
    diagram dialogsheet diamond dict dictionary difference differences digest dimension dingbats direction
    disabled disc display displayed dissolve distribute dither docmdp docs docsecurity document documents dodge
    domain dotted double down draft draw drawing drop dropped duplex duplexflip dynamic early edge editing
    edition editor elem element ellipse ellipsoid email embed embedded embedding emf enable enabled encode
    encoded encoding encrypt encryption ending endnote endnotes entrust entry err error etsi even event example
    excel exch exclude exclusion execute expand experimental expert expiry export extend extends extension
    extensions extent external facing fade false family fast fdecode fe fenote field fieldmdp fields figure file
    files filespec fill filled filter final first fixed flag flags flate flatedecode flatness flip float fly
    following font fontset foot footnote footnotes force form format formtype formula formxob fragment frame
    free freeform full fullbanner fullscreen function functions fuzzy gamma generic genko geo ghostscript
    glitter globals glyph google goto gouraud grade graph graphic graphics gray green grey grid groove group
    groups gts guideline half halftone handler hard head header headers heading hebrew height help helper helv
    helvetica hexadecimal hidden hide high highlight hiragana horizontal hourglass hue hyperlinkbase hyperlinks
    icn icon identifier identity ignore illustration illustrator image images implicit import include indesign
    index indexed info initial inks inline inlineshape inner insert inset inside instance integer intent
    interior interpolate invert invisible italic item items java javascript jbig join jpeg jpxdecode justify
    katakana keep key keyword keywords kids kind krilla kspx label labels lang language large last launch layer
    layers layout lead leading left legal length level levels libreoffice light lighten lightness limit limits
    line linear linearized lines link linked links linksuptodate list listbox listed lite local location lock
    locked long loop lower lowercase lrtb luatex luminosity lzw lzwdecode mac macintosh macrosheet magenta major
    manager map mark marked marker mask masked master matrix matte max maximum mcid measure media menubar merge
    mesh message metadata metafile method mic microsoft middle min minimum minor mirror missing mitre modal mode
    model modification modified modify module monitor motion mouse movie msip multi multiple multiply name named
    names namespace namespaces native navigator needed needs nested never new next non none nonefit nonstruct
    normal note notice null number numbers numeric nums obj object objects objr oblique ocg ocsps odd off office
    offset opacity opaque open operation option optional options order ordered ordering orient orientation
    oriented original other outer outline outlines output outset overflow overlap overlay overprint owner pack
    padding page pagelement pages pagination paint palette pan panose pantone paper paperclip paragraph param
    parameters params parent parms parse part password path pattern pdf pdfa pdftex pdfua pdfx absolute
    appearances perceptual permission
    permissions perms person pg pgf pgfcmyk pgfprgb phantom phone phonetic photo photoshop pick picture piece
    pin pink pkcs placed placedgraphic placedpdf placement plain play point polar poly polygon polyline popup
    port portrait position post powerpoint ppk ppklite predefined predictor preferences preferred prepress pres
    preserve press prev preview previous primary print printable printed printer printing prism private proc
    process processing producer profile program projection prop properties property proportional ptex pub public
    punctuation purpose push quad quadding quality quartz query quotation radio range rate ratio read reason
    recipients record rect rectangle red redact redaction ref reference references registry reject rejected
    relationship relative remote remove render rendering rendition replace reply report required requirement
    requirements reset resolution resource resources rest restore result retain return reuse reversed review
    revision rgb rich ridge right rksj rltb role rolemap roll rolling roman root rotate round row rows rsa ruby
    run runlength running sample sampled saturation saved scale scalecrop scaling scan scanned schema schemas
    scope screen script sec sect section security seed segment segoe select selected sensitivity separation
    separator sequence server set sha shade shading shadow shape shared shift short show shown side sides sign
    signature signed silent simple simplex single site size skia slash slide slides small smooth snap snapshot
    soft software solid solidities solidity sort sound source sources space spacing span spans speaker special
    specialization spell split spot square squiggly stamp standard star start state static status stem step
    steps stream stretch strike string strong struct structure structures style sub subfilter subform subj
    subject submission submit subscript subtype summary superscript supplement suspect suspects switch symbol
    symbols synchronous system table tables tabs tag tagged tags tahoma target tblr tbody template tenant tex
    text textbox textfield tfoot thai thead thickness thin thread threads through thumb thumbs tile tiling time
    timeout times timestamp title toc toci toggle tool toolbar top total tracking trailer trans transfer
    transform transition transparency transparent trap trapped trapping tray tree trigger trim true trusted ttf
    type typewriter typst unchanged uncoated uncover uncovered under underline unicode unit units unix unknown
    unspecified up update upper uppercase url usage use user utf value values vector verbatim verisign version
    versions vertex vertical vertices via view viewer viewport viewports visible volume warichu watermark wave
    weight white widget width widths win winansi window windows wipe word words work workbook worksheet wrap
    wrapped write writing xipl xmp xobject xref yellow zap zapf zone zoom
    """
)
# Properties of XMP packets and of pictures.
PROPERTIES = _words(
    """
    about agent alpha altitude aperture artist bag banner bits brightness camera city compensation compression
    conformance contrast contributor contributors cookie copyright country coverage creators credit crs dc
    derived description digital digitized elements exif exposure first flash flashpix focal formats gain gps
    grayscale hash headline history icc id identifiers iso job latitude lens licence license longitude maker
    managed manage manifest marked meta metering mime mm natural ns ordered orig originator ph photometric planar
    plate plates prefix primaries publisher purl quality rating rdf relation rendition renditions rev rights samples
    scene seconds sensing seq serial sharpness shutter speed st subsec supplemental swatch swatches tiff tints
    tk tpg transmission tv uri urgency usage uuid valid variant web white xap xmpmeta ycbcr components
    toolkit parse when where original uri vars property schemas xml lightroom aux digest thumbnails thumbnail
    guid document intance instances pixel pixels resource ingredients pantry dimensions dimension subsampling
    pdfuaid pdfaid website statement startup balance from ancestors settings
    xmlns xmptk lang alt syntax cipa iptc npes raw event events job ticket native positioning referenced
    black tone ratio
    """
)
# Styles of paragraphs as word processors call them, which become the roles of a file's structure.
STYLES = _words(
    """
    address annotation balloon block body bulleted bullet caption cite closing code contents continue continued
    decision diagram emphasis endnote envelope figure first footer footnote grid hanging header heading headings
    hyperlink illustration indent index intense letter light list macro marginalia message normal numbered
    numbering paragraph plain preformatted quote quotations quotation reference salutation sender signature
    spacing strong subtitle subtle tables terms text title toa unresolved user username web
    """
)
# What names of letters are put together from: `quotedblleft`, `Agrave`, `parenrightbig`.
LETTERS = (
    "space nbspace exclam quote dbl dollar percent ampersand sign single singl left right paren asterisk plus "
    "comma hyphen minus period slash zero one two three four five six seven eight nine colon semicolon less equal "
    "greater question at bracket backslash ascii circum tilde underscore grave brace bar acute dieresis "
    "circumflex caron ring cedilla ogonek macron breve dotaccent accent hungarumlaut commaaccent stroke croat "
    "cent sterling currency yen broken section copyright ord feminine masculine guillemot guilsingl logical not "
    "and or registered degree twosuperior superior inferior oldstyle mu paragraph centered onequarter half "
    "quarter quarters down multiply divide germandbls thorn eth oslash dotless lslash dagger bullet ellipsis "
    "perthousand base fraction florin endash emdash trademark euro alpha beta gamma delta epsilon zeta eta theta "
    "iota kappa lambda nu xi omicron pi rho sigma tau upsilon phi chi psi omega final var arrow up double "
    "vertical horizontal radical integral summation product infinity partialdiff approx approxequal lozenge "
    "element universal existential angle gradient similar congruent proportional therefore intersection union "
    "subset superset reflex empty set proper null notdef nonmarkingreturn visible check mark circle square "
    "triangle filled box big bigg Big Bigg display text tp bt ex mid small cap sc afii glyph index cid uni caps "
    "figure thin em en soft sfthyphen ligature hook horn dot below above turned script star heart club spade "
    "diamond estimated numero liter ohm"
)
