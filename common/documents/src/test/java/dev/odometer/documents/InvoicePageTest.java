package dev.odometer.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.metering.customer.Address;
import dev.odometer.metering.invoice.InvoiceLine;
import dev.odometer.metering.invoice.Workflow;
import dev.odometer.metering.pricing.Pricing;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class InvoicePageTest {

    private static final Currency EUR = Currency.getInstance("EUR");
    private static final InvoiceLine FEE = SampleLine.of("Platform fee", SamplePrices.fee("49"), EUR, "1");

    /** Parsed as XML, which fails if the page is not well-formed. */
    private static Element page(SampleInvoice invoice) throws Exception {
        String html = invoice.document().page();
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(html)))
                .getDocumentElement();
    }

    private static String text(SampleInvoice invoice) throws Exception {
        Element body = (Element) page(invoice).getElementsByTagName("body").item(0);
        return body.getTextContent().replaceAll("\\s+", " ");
    }

    /** The cells of each row with a style, joined by bars. */
    private static List<String> rows(SampleInvoice invoice, String style) throws Exception {
        NodeList rows = page(invoice).getElementsByTagName("tr");
        var texts = new ArrayList<String>();
        for (int i = 0; i < rows.getLength(); i++) {
            Element row = (Element) rows.item(i);
            if (row.getAttribute("class").matches(style)) {
                NodeList cells = row.getElementsByTagName("td");
                texts.add(String.join(
                        "|",
                        IntStream.range(0, cells.getLength())
                                .mapToObj(cell -> cells.item(cell)
                                        .getTextContent()
                                        .strip()
                                        .replaceAll("\\s+", " "))
                                .toList()));
            }
        }
        return texts;
    }

    @Test
    void namesThePartiesTheDatesAndThePeriod() throws Exception {
        assertThat(text(SampleInvoice.of(FEE)))
                .contains(
                        "Invoice INV-2",
                        "Odometer GmbH",
                        "Hauptstraße 1",
                        "10115 Berlin",
                        "Germany",
                        "Tax ID: DE123456789",
                        "Acme & Söhne SARL",
                        "2ème étage",
                        "France",
                        "Tax ID: FR40303265045",
                        "Date 1 December 2026",
                        "Due 31 December 2026",
                        "Period 1–30 November 2026",
                        "Customer acme")
                .doesNotContain("Draft", "Corrects");
    }

    @Test
    void showsALineWithOneChargeInOneRow() throws Exception {
        SampleInvoice invoice =
                SampleInvoice.of(FEE, SampleLine.of("Calls", SamplePrices.unit("0.000123"), EUR, "1000000"));

        assertThat(rows(invoice, "line.*"))
                .containsExactly("Platform fee|1|49.00||49.00", "Calls|1,000,000|0.000123||123.00");
        assertThat(rows(invoice, "part")).isEmpty();
    }

    @Test
    void showsTiersDiscountsAndTheMinimumSpend() throws Exception {
        Pricing pricing =
                SamplePrices.committed(SamplePrices.discounted(SamplePrices.graduated(), "10", "50"), "100", null);
        SampleInvoice invoice = SampleInvoice.of(SampleLine.of("Calls", pricing, EUR, "1150"));

        assertThat(rows(invoice, "line.*")).containsExactly("Calls||||100.00");
        assertThat(rows(invoice, "part"))
                .containsExactly(
                        "50 of 1,150 units are free||||",
                        "Usage in tier 1 (up to 100)|100|0.10|10.00|",
                        "Discount of 10 %|||-1.00|",
                        "Flat price for tier 1 (up to 100)|1|5.00|5.00|",
                        "Discount of 10 %|||-0.50|",
                        "Usage in tier 2 (above 100 up to 1,000)|900|0.05|45.00|",
                        "Discount of 10 %|||-4.50|",
                        "Usage in tier 3 (above 1,000)|100|0.01|1.00|",
                        "Discount of 10 %|||-0.10|",
                        "Minimum spend|1|45.10|45.10|");
        assertThat(text(invoice))
                .contains(
                        "Usage and fees EUR 61.00",
                        "Minimum spend EUR 45.10",
                        "Discounts EUR -6.10",
                        "Net EUR 100.00",
                        "Tax 19 % EUR 19.00",
                        "Total EUR 119.00");
    }

    @Test
    void printsTheReasonForAnExemption() throws Exception {
        assertThat(text(SampleInvoice.of(FEE).taxed(SampleInvoice.REVERSE_CHARGE)))
                .contains("Tax (reverse charge) EUR 0.00", "Total EUR 49.00", "Reverse charge The amount");
    }

    @Test
    void aCreditNoteListsWhatIsCreditedAndNamesTheInvoice() throws Exception {
        InvoiceLine billed = SampleLine.of("Calls", SamplePrices.unit("0.5"), EUR, "10");
        SampleInvoice credit = SampleInvoice.of(SampleLine.correction(billed, "4", "invoice-1"));

        assertThat(rows(credit, "line.*")).containsExactly("Calls: correction of INV-1|6|0.50||3.00");
        assertThat(text(credit))
                .contains(
                        "Credit note INV-2",
                        "Corrects INV-1 of 1 November 2026",
                        "Total credited EUR 3.57",
                        "No payment is due.")
                .doesNotContain("Due", "Please pay");
    }

    @Test
    void marksWhatIsNotAValidInvoice() throws Exception {
        assertThat(text(SampleInvoice.of(FEE).draft()))
                .contains("DRAFT Draft. This is a draft.", "Draft invoice", "Date not issued")
                .doesNotContain("Due", "collected");
        assertThat(text(SampleInvoice.of(FEE).voided()))
                .contains("VOID Void. This document was voided on 1 December 2026.")
                .doesNotContain("collected automatically");
    }

    @Test
    void showsTheTermsOfPayment() throws Exception {
        Workflow automatic = Workflow.DEFAULT;
        var sent = new Workflow(
                automatic.anchored(),
                automatic.collectionInterval(),
                automatic.autoAdvance(),
                automatic.draftPeriod(),
                automatic.dueAfter(),
                automatic.progressiveBilling(),
                automatic.endProration(),
                Workflow.CollectionMethod.SEND_INVOICE);

        assertThat(text(SampleInvoice.of(FEE))).contains("The amount is collected automatically by 31 December 2026.");
        assertThat(text(SampleInvoice.of(FEE).with(sent)))
                .contains("Please pay by 31 December 2026 and state the number INV-2.");
        assertThat(text(SampleInvoice.of(SampleLine.of("Free", null, EUR, "7"))))
                .contains("No payment is due.");
    }

    @Test
    void escapesTextsAndReplacesCharactersThatXmlForbids() throws Exception {
        String hostile = "<script>alert(1)</script>&\"'\u0001\uFFFF]]>";
        var line = SampleLine.of(hostile, SamplePrices.fee("1"), EUR, "1");
        var address = new Address("DE", hostile, hostile, hostile, hostile, hostile, hostile);
        SampleInvoice invoice = SampleInvoice.of(line)
                .to(SampleInvoice.customer(hostile, "DE<b>", address))
                .described(hostile);

        assertThat(text(invoice)).contains("<script>alert(1)</script>&\"'\uFFFD\uFFFD]]>", "DE<b>");
        assertThat(page(invoice).getElementsByTagName("script").getLength()).isZero();
    }

    /** The month is 2026-11-01T00:00Z to 2026-12-01T00:00Z, and the time of issue 06:30Z. */
    @Test
    void datesAreInTheTimeZoneOfTheCustomer() throws Exception {
        SampleInvoice west = SampleInvoice.of(FEE).to(SampleInvoice.buyerIn(ZoneId.of("America/Los_Angeles")));

        assertThat(text(west))
                .contains(
                        "Date 30 November 2026",
                        "Period 31 October – 30 November 2026",
                        "Dates are in the time zone America/Los_Angeles.");
        assertThat(new String(west.document().ubl(), StandardCharsets.UTF_8))
                .contains("<cbc:IssueDate>2026-11-30<", "<cbc:StartDate>2026-10-31<", "<cbc:EndDate>2026-11-30<");
        assertThat(text(SampleInvoice.of(FEE))).contains("Dates are in the time zone UTC.");
    }

    @Test
    void loadsNothing() {
        String html = SampleInvoice.of(FEE).document().page();

        assertThat(html)
                .startsWith("<!DOCTYPE html>")
                .doesNotContain("src=", "href=", "url(", "@import", "http", "<script");
    }

    /** Browsers repeat the rows of a table's head on each page of paper. */
    @Test
    void hasAHeadThatIsRepeatedOnEachPage() throws Exception {
        assertThat(page(SampleInvoice.of(FEE)).getElementsByTagName("thead").getLength())
                .isEqualTo(1);
        assertThat(PageStyle.CSS).contains("display: table-header-group", "page-break-inside: avoid", "tabular-nums");
    }
}
