package dev.odometer.pdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.documents.SampleInvoice;
import dev.odometer.documents.SampleLine;
import dev.odometer.documents.SamplePrices;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.invoice.InvoiceLine;
import dev.odometer.pdf.PdfSettings.Paper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PdfPagesTest {

    private static final Currency EUR = Currency.getInstance("EUR");
    private static final PdfPages A4 = new PdfPages(new PdfSettings(Paper.A4, List.of()));
    private static final InvoiceLine CALLS = SampleLine.of("API calls", SamplePrices.graduated(), EUR, "1500");

    private static PDDocument pdf(PdfPages pages, SampleInvoice invoice) throws IOException {
        return Loader.loadPDF(pages.convert(invoice.document().page()));
    }

    private static String text(PDDocument pdf, int page) throws IOException {
        var stripper = new PDFTextStripper();
        stripper.setStartPage(page);
        stripper.setEndPage(page);
        return stripper.getText(pdf).replaceAll("\\s+", " ");
    }

    private static SampleInvoice lines(int number) {
        return SampleInvoice.of(IntStream.range(0, number)
                .mapToObj(i -> SampleLine.of("Storage " + i, SamplePrices.unit("0.0421"), EUR, String.valueOf(i)))
                .toArray(InvoiceLine[]::new));
    }

    @Test
    void showsTheInvoiceOnOnePage() throws IOException {
        try (PDDocument pdf = pdf(A4, SampleInvoice.of(CALLS))) {
            assertThat(pdf.getNumberOfPages()).isEqualTo(1);
            assertThat(pdf.getDocumentInformation().getTitle()).isEqualTo("Invoice INV-2");
            assertThat(text(pdf, 1))
                    .contains(
                            "Invoice INV-2",
                            "Acme & Söhne SARL",
                            "2ème étage",
                            "Usage in tier 2 (above 100 up to 1,000) 900 0.05 45.00",
                            "Total EUR 77.35",
                            "1 / 1");
        }
    }

    @Test
    void repeatsTheHeadOfTheTableAndNumbersThePages() throws IOException {
        try (PDDocument pdf = pdf(A4, lines(200))) {
            int pages = pdf.getNumberOfPages();
            assertThat(pages).isBetween(4, 12);
            for (int page = 1; page < pages; page++) {
                assertThat(text(pdf, page)).contains("Description Quantity Unit price", page + " / " + pages);
            }
            assertThat(text(pdf, pages)).contains("Storage 199", "Total EUR");
        }
    }

    @Test
    void marksEveryPageOfADraft() throws IOException {
        try (PDDocument pdf = pdf(A4, lines(60).draft())) {
            assertThat(pdf.getNumberOfPages()).isGreaterThan(1);
            for (int page = 1; page <= pdf.getNumberOfPages(); page++) {
                assertThat(text(pdf, page)).contains("DRAFT");
            }
        }
    }

    /** In points, of 1/72 inch. */
    @ParameterizedTest
    @CsvSource({"A4,595,842", "LETTER,612,792"})
    void hasTheSizeOfThePaper(Paper paper, int width, int height) throws IOException {
        try (PDDocument pdf = pdf(new PdfPages(new PdfSettings(paper, List.of())), SampleInvoice.of(CALLS))) {
            assertThat(Math.round(pdf.getPage(0).getMediaBox().getWidth())).isEqualTo(width);
            assertThat(Math.round(pdf.getPage(0).getMediaBox().getHeight())).isEqualTo(height);
        }
    }

    @Test
    void refusesACharacterWithoutAFont() {
        String page = SampleInvoice.of(SampleLine.of("Вызовы", SamplePrices.fee("1"), EUR, "1"))
                .document()
                .page();

        assertThatThrownBy(() -> A4.convert(page))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("no font contains the character В")
                .hasMessageContaining("odometer.documents.fonts");
    }

    @Test
    void usesTheFontsOfAFolder(@TempDir Path folder) throws IOException {
        Path font = folder.resolve("sans.ttf");
        try (InputStream in = Loader.class.getResourceAsStream("resources/ttf/LiberationSans-Regular.ttf")) {
            Files.copy(Objects.requireNonNull(in), font);
        }
        var cyrillic = SampleInvoice.of(SampleLine.of("Вызовы", SamplePrices.fee("1"), EUR, "1"));

        try (PDDocument pdf = pdf(new PdfPages(new PdfSettings(Paper.A4, List.of(font))), cyrillic)) {
            assertThat(text(pdf, 1)).contains("Вызовы");
        }
    }

    @Test
    void loadsNoResource(@TempDir Path folder) throws IOException {
        Path style = Files.writeString(folder.resolve("a.css"), "body:before { content: 'LOADED'; }");
        String page = SampleInvoice.of(CALLS)
                .document()
                .page()
                .replace("</head>", "<link rel=\"stylesheet\" href=\"" + style.toUri() + "\"/></head>");

        try (PDDocument pdf = Loader.loadPDF(A4.convert(page))) {
            assertThat(text(pdf, 1)).contains("INV-2").doesNotContain("LOADED");
        }
    }
}
