package dev.odometer.pdf;

import com.openhtmltopdf.outputdevice.helper.ExternalResourceControlPriority;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import dev.odometer.documents.PageConverter;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.route.MediaTypes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Converts pages to PDF. */
final class PdfPages implements PageConverter {

    /** The characters of the standard fonts of PDF. */
    private static final Charset WESTERN = Charset.forName("windows-1252");

    private final PdfSettings settings;
    private final String style;

    PdfPages(PdfSettings settings) {
        this.settings = settings;
        String families = IntStream.range(0, settings.fonts().size())
                .mapToObj(i -> family(i) + ", ")
                .collect(Collectors.joining());
        this.style = "@page { size: " + settings.paper().css() + "; } body { font-family: " + families
                + "Helvetica, sans-serif; }</style>";
    }

    private static String family(int font) {
        return "Font" + font;
    }

    @Override
    public String mediaType() {
        return MediaTypes.PDF;
    }

    @Override
    public String extension() {
        return "pdf";
    }

    /** @throws Refusal CONFLICT when the page has a character for which no font is configured */
    @Override
    public byte[] convert(String page) {
        if (settings.fonts().isEmpty()) {
            checkCharacters(page);
        }
        var out = new ByteArrayOutputStream();
        try {
            builder(page.replaceFirst("</style>", style)).toStream(out).run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private PdfRendererBuilder builder(String page) {
        XRLog.setLoggingEnabled(false);
        var builder = new PdfRendererBuilder();
        // Pages refer to nothing. If a text got past the escaping, it could not make the server load a resource either.
        builder.useExternalResourceAccessControl(
                (uri, type) -> false, ExternalResourceControlPriority.RUN_BEFORE_RESOLVING_URI);
        builder.useExternalResourceAccessControl(
                (uri, type) -> false, ExternalResourceControlPriority.RUN_AFTER_RESOLVING_URI);
        for (int i = 0; i < settings.fonts().size(); i++) {
            builder.useFont(settings.fonts().get(i).toFile(), family(i));
        }
        return builder.withHtmlContent(page, null);
    }

    private static void checkCharacters(String page) {
        var encoder = WESTERN.newEncoder();
        page.codePoints()
                .filter(character -> !encoder.canEncode(Character.toString(character)))
                .findFirst()
                .ifPresent(character -> {
                    throw Refusal.conflict("no font contains the character " + Character.toString(character)
                            + "; set odometer.documents.fonts to a folder with fonts");
                });
    }
}
