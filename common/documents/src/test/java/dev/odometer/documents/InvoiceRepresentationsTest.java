package dev.odometer.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.route.Represented.Document;
import java.nio.charset.StandardCharsets;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.Test;

class InvoiceRepresentationsTest {

    private static final PageConverter UPPER_CASE = new PageConverter() {
        @Override
        public String mediaType() {
            return "text/upper";
        }

        @Override
        public String extension() {
            return "up";
        }

        @Override
        public byte[] convert(String page) {
            return page.toUpperCase(java.util.Locale.ROOT).getBytes(StandardCharsets.UTF_8);
        }
    };

    private static InvoiceRepresentations<String> representations() {
        var line = SampleLine.of("Fee", SamplePrices.fee("49"), Currency.getInstance("EUR"), "1");
        return new InvoiceRepresentations<>("view", SampleInvoice.of(line)::document, List.of(UPPER_CASE));
    }

    private static String text(Document document) {
        return new String(document.content(), StandardCharsets.UTF_8);
    }

    @Test
    void namesItsMediaTypes() {
        assertThat(InvoiceRepresentations.mediaTypes(List.of(UPPER_CASE)))
                .containsExactly("application/json", "text/csv", "text/html", "application/xml", "text/upper");
    }

    @Test
    void writesEachDocumentIntoAFileOfItsNumber() {
        Document page = representations().document("text/html");
        Document ubl = representations().document("application/xml");
        Document upper = representations().document("text/upper");

        assertThat(page.fileName()).isEqualTo("INV-2.html");
        assertThat(text(page)).startsWith("<!DOCTYPE html>");
        assertThat(ubl.fileName()).isEqualTo("INV-2.xml");
        assertThat(text(ubl)).startsWith("<?xml").contains("<cbc:ID>INV-2</cbc:ID>");
        assertThat(upper.fileName()).isEqualTo("INV-2.up");
        assertThat(text(upper)).startsWith("<!DOCTYPE HTML>");
    }

    @Test
    void isATableToo() {
        assertThat(representations().view()).isEqualTo("view");
        assertThat(representations().tableName()).isEqualTo("INV-2");
        assertThat(representations().columns())
                .hasSameSizeAs(representations().cells().get(0));
    }

    @Test
    void makesNoDocumentForTheView() {
        var view = new InvoiceRepresentations<>(
                "view",
                () -> {
                    throw new IllegalStateException("made");
                },
                List.of());

        assertThat(view.view()).isEqualTo("view");
        assertThatThrownBy(() -> view.document("text/html")).hasMessage("made");
    }
}
