"""The ordinary words of what programs write into a PDF beside its pages, for `ingest.harmless`.

A text all of whose words are among these tells nothing. A word that could stand for a supplier, a person, a price or a
decision has no place here: in doubt it is left out, and an officer is asked.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PROGRAMS = _words(
    """
    digest
    applewebkit cairographics edg https gecko headlesschrome khtml like nt safari skia wow64
    abbyy acrobat actions adobe adv amyuni and android anonymous apache api apple aspose bizhub bluebeam box
    brother build by c cairo canon cc chrome chromeos chromium cloud com community connectkey conversion convert
    converted core corel created creator creatortool cs css custom daemon dell desktop devexpress distiller
    docucentre document documents docusign doxee draw drive ducky e ecopy edition editor encoder engine
    enterprise epson excel exif express expression ffmpeg fiery files finereader firefox flow fop for forms
    foxit free fujifilm fujitsu gd generated ghostscript gimp google gpl gpo graphics hewlett hotfix hp html
    http i iadv icc ijg illustrator image imaging impress inc indesign infix internet io ios iphone ir itext j
    java jpeg jpg kit kofax konica kyocera laserjet lavc lexmark libharu library libreoffice libtiff linux
    livecycle llc lowagie ltd lts mac macbook macintosh macos maker mfp microsoft minolta mozilla mpdf
    multifunction net nikon nitro nuance of ofd office officejet olympus onenote online open openoffice openpdf
    opensource oracle org os outlook packard pages panasonic paperport paperstream pdf pdfbox pdfcontext
    pdfcreator pdfelement pdfium pdfkit pdflatex pdfmaker pdfsharp pdftex pdfview pdfwriter phantompdf phaser
    photoshop php pikepdf plugin postscript powerpoint pptx preview primopdf prince print printer pro
    professional project ps pscript publisher qpdf qt quality quartz quicktime r reader readiris release
    reportlab ricoh samsung sap scan scanner scansnap server service services sharp skia smartoffice software
    sony standard studio subscription suite system tcpdf tex texlive tiff to toolbox toolkit toshiba tracker
    trial typst ubuntu using utility v versant version via w web webkit win windows with wkhtmltopdf word
    wordperfect workcentre wps writer www x xchange xelatex xep xerox xetex xmp xpdf xpp xsl
    """
)
COLOURS = _words(
    """
    adobe all apple artifex built by c2 calibrated cc clut cmm cmyk coated color colorimetry colour compact
    company condition consortium copyright custom d50 d65 default display domain dot eci eng engb enus epson
    facebook fogra freely gain gamma generic google gracol gray grey hewlett hp http icc iccbased icm identifier
    iec illuminant in inc incorporated international iso kodak lab linear luminance micro monitor msft no
    observer offset org p3 packard skia profile profiles ps public reference registry reserved rgb rights
    saucecontrol software space srgb swop systems the tiny ucar uncoated und use v2 viewing web www ycc
    """
)
# What a description of an ordinary picture is made of, as programs and careful authors write it.
DESCRIPTIONS = _words(
    """
    a an and application arms as at authority automatically badge banner bar black blue body border box building
    bullet button by cell chart circle city clipart close closeup coat column commissioner company confidence
    constabulary contact containing contains council county cover crest crime crown cubed decorative deputy
    description diagram divided dots drawing electronic element emblem equals equation event figure flag font
    footer footnote for force form formula from generated graph graphic graphical graphics greater green grey
    hand handwriting handwritten header heading high icon illustration image in interface is its letter level
    line link list logo london low map mark mayor medium metropolitan minus mopac of office official on or
    organisation over page people person photo photograph picture pie plus police policing red root round row
    screenshot seal section shape shield showing shows sign signature signed silhouette square squared stamp sum
    table text the this times title to type underlined unit up us user vector visible watermark website white
    with words written www your
    """
)
LABELS = _words(
    """
    add advice and annex appendix approval approved approver arrow assistant background body box button chapter
    check circle combobox comment comments commissioner confirm content contents copy cover cross dd decision
    decisions default deferral deferred director dmpc dmpcd document draft drawing email endnote export field
    figure final footer footers footnote for foreground form go group header headers highlight image images ink
    inserted layer line listbox log main maker mayoral md microsoft mopac name new none normal note notice of
    office officer opcc opens opfcc out oval page pages paper papers part pcc pcd pdf pencil polygon print
    published quoted radio reason rectangle report request scan scanned screen section signatory signature
    signed site square stamp sticky strikethrough table telephone template text text1 the tick typewriter
    underline unknown unnamed unspecified until untitled url version view visit watermark web website window
    word
    """
)
ORDINARY = _words("a an and at by for from i in is it of on or the this to with")
IDENTIFIERS = _words(
    """
    _source anchor annex app appendix auto background bookmark box button chap chapter check checkbox cite combo
    conclusion contents cover date dest doc dropdown el end endnote eq equation field fig figure fn fnref
    footnote form gen goback group hd heading hfootnote hlk id intro item link list loc lst name node note obj
    object ole outline page part pg radio ref sec section signature start struct subform subsection
    subsubsection summary tab table tbl text textfield title toc toggle top undefined untitled uuid xyz
    """
)
# What the paths of public bodies' pages are made of.
PATHS = _words(
    """
    about access accessibility complain complaint complaints make
    request requests review reviews accountability accounts action acts advice after
    agency agenda agendas aims annual
    appendix approach article articles assembly asset assets authority bill bills board body budget business
    bylaws chapter commissioner committee committees community conditions consultation consultations contact
    content contents cookies council crime data decision decisions default department documents download
    downloads english equality file files finance foi form forms freedom from functions fund governance
    government grant grants guidance guide home html http https image images information introduction issue
    issues item items justice law laws legislation library list local london made mayor mayors media meeting
    meetings minutes mopac news ofcommons office open order organisation organisations our page pages paper
    papers part plan planning plans police policies policing policy priorities privacy programme programmes
    public publication publications published publishing register regulation regulations report reports
    resources responsibilities rules safer schedule scheme section service services site sites spending
    standards statistics statutory strategies strategy system systems team terms text topics transparency ukpga
    uksi uploads version wales what where wiki with your
    """
)
# What the packets of archived files say of their own properties.
SCHEMAS = _words(
    """
    that
    a accessibility adobe aiim all amendment and any application associated bag based been category choice
    closed com common conformance conforms contains converted created creator custom date dc derived description
    document documentid documents elements external for has hierarchy http https id identifier identifiers iec
    if in incarnation include included indicating information instance instanceid integer internal is iso it
    keywords level list management mandatory media metadata mm modified name namespace ns object of on open
    optional or org originaldocumentid part pdf pdfa pdfaid pdfua pdfversion pdfx prefix producer program
    programs property purl renditions resource rev revision rights saved schema seq set source specific
    specification standard string text the title to trapped trapping type ua universal uri url uuid value values
    version versions was whether which with www xap xmp xmpmm year
    """
)
# How a maker's notice in a font is known: these are free texts of their own, and every font has others.
NOTICES = (
    r"copyright|\(c\)|©|®|™|trademark|licen[cs]|all rights reserved|^version|^\d+\.\d+|reserved font name|"
    r"^https?://|^%!ps-adobe|^%!fonttype|foundry|typeface|designed by|postscript|"
    r"\bserifs?\b|\bfonts?\b|\bglyphs?\b|letterform|\bhttps?://"
)
STYLES = _words(
    """
    adobe apple ascender bd bitstream black bold book caption condensed demi demibold display expanded extended
    extra free gnu google hat heavy identity it italic light linotype lt md medium microsoft mono monotype ms mt
    narrow normal oblique pro ps red regular rg roman sans semi semibold serif std text thin ultra variable
    version
    """
)
