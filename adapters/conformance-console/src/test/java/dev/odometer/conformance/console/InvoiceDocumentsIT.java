package dev.odometer.conformance.console;

import static dev.odometer.conformance.console.BilledCustomer.fee;
import static dev.odometer.conformance.console.BilledCustomer.pages;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

/** The documents of an invoice, and the proofs of its lines. */
class InvoiceDocumentsIT extends InBrowser {

    @Override
    ConsoleServer server() {
        return ConsoleServer.billing();
    }

    /** The content of the file that the browser has saved since the start of the test. */
    private String downloaded(String pattern) {
        Instant before = Instant.now().minusSeconds(5);
        // The browser makes an empty file first.
        await("the file " + pattern, () -> !content(pattern, before).isEmpty());
        return content(pattern, before);
    }

    private static String content(String pattern, Instant after) {
        try (Stream<Path> files = Files.list(Browser.downloads())) {
            Path file = files.filter(one -> one.getFileName().toString().matches(pattern))
                    .filter(one -> one.toFile().lastModified() > after.toEpochMilli())
                    .findFirst()
                    .orElse(null);
            return file == null ? "" : Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String issued(String key) {
        BilledCustomer customer = BilledCustomer.create(server(), key, "PT0S");
        customer.add(fee("Support for " + key, "25.00"));
        String invoice = customer.issued();
        open("#/invoices/" + invoice, "INV-1");
        return invoice;
    }

    @Test
    void downloadsCsvJsonAndTheEInvoice() {
        String invoice = issued("documents");

        click("CSV");
        assertThat(downloaded("INV-1.*\\.csv"))
                .startsWith("invoice_id,type,number")
                .contains(invoice);
        click("JSON");
        assertThat(downloaded("INV-1.*\\.json")).contains("\"number\":\"INV-1\"");
        click("E-invoice (UBL)");
        assertThat(downloaded("INV-1.*\\.xml")).startsWith("<?xml").contains("Support for documents");
        assertThat(text()).doesNotContain("PDF");
    }

    /** The build of the tests has no PDF: only the description that the browser gets is changed. */
    @Test
    void offersPdfWhereTheServiceDescribesIt() {
        String invoice = issued("pdf");
        assertThat(driver().findElements(By.xpath("//button[.='PDF']"))).isEmpty();
        open("#/invoices", "Invoices");
        driver().navigate().refresh();
        heading("Invoices");
        run(
                "const real = window.fetch; window.fetch = async (url, options) => {"
                        + "  const reply = await real(url, options);"
                        + "  if (!String(url).endsWith('/api/openapi.json')) { return reply; }"
                        + "  const body = await reply.json();"
                        + "  body.paths['/api/v1/billing/invoices/{invoiceId}'].get.responses['200'].content['application/pdf'] = {};"
                        + "  return new Response(JSON.stringify(body));"
                        + "}; location.hash = '#/invoices/' + arguments[0];",
                invoice);
        heading("INV-1");

        click("PDF");

        see("406 available only as application/json or text/csv or text/html or application/xml");
    }

    @Test
    void opensThePageToPrint() {
        issued("printed");
        String console = driver().getWindowHandle();

        click("Printable page");

        await("the tab", () -> driver().getWindowHandles().size() == 2);
        Set<String> tabs = driver().getWindowHandles();
        tabs.remove(console);
        driver().switchTo().window(tabs.iterator().next());
        try {
            see("Support for printed");
            assertThat(
                            run(
                                    "return document.styleSheets.length > 0 && getComputedStyle(document.querySelector('table')).borderCollapse"))
                    .isEqualTo("collapse");
        } finally {
            driver().close();
            driver().switchTo().window(console);
        }
    }

    @Test
    void explainsWhyThereIsNoEInvoice() {
        BilledCustomer customer = BilledCustomer.create(server(), "nowhere", "PT0S", "\"name\":\"Nowhere\"");
        customer.add(fee("Support", "25.00"));
        String invoice = customer.issued();
        open("#/invoices/" + invoice, "INV-1");

        click("E-invoice (UBL)");

        see("409");
        see("$.customer.addresses[0].country");
        see("The parties of an issued invoice are final.");
        accessible();
        pictures("invoice-no-e-invoice");
    }

    @Test
    void provesAQuantity() {
        BilledCustomer customer = BilledCustomer.create(server(), "proved", "PT0S");
        customer.print("on-time", "2010");
        customer.add(pages("Pages", "0.05"), fee("Support", "25.00"));
        String invoice = customer.issued();
        customer.print("late", "111");
        open("#/invoices/" + invoice, "INV-1");

        click("Proof of Pages");

        heading("Proof of Pages");
        see("Changed Usage was recorded or corrected after the line was billed.");
        see("When billed Now Difference 2,010 2,121 +111");
        see("After the read");
        see("late {\"pages\":111}");
        String events = String.valueOf(
                run(
                        "return [...document.querySelectorAll('a')].find(a => a.textContent === 'Show all events of the range').getAttribute('href')"));
        assertThat(events)
                .startsWith("#/events?type=print&subject=proved-eu&subject=proved&from=2")
                .contains("&to=2");
        click("Show curl command for these events");
        see("/api/v2/events?filter=");
        click("Show curl command for the proof");
        see("/api/v1/billing/invoices/" + invoice + "/lines/");
        accessible();
        pictures("invoice-proof");
        driver().navigate().back();
        heading("INV-1");
        click("Proof of Support");
        see("A fee has no usage to prove.");
    }

    @Test
    void linksCorrectionsToTheCorrectedInvoice() {
        BilledCustomer customer = BilledCustomer.create(server(), "corrected", "PT0S");
        customer.print("on-time", "2010");
        customer.add(pages("Pages", "0.05"));
        String first = customer.issued();
        customer.print("back", "-500");
        String note = customer.issued();

        open("#/invoices/" + note, "INV-2");

        see("Credit note");
        see("Pages: correction of INV-1");
        see("Total -€29.75");
        see("Corrects INV-1");
        accessible();
        pictures("invoice-credit-note");
        click("Proof of Pages: correction of INV-1");
        see("Corrects INV-1");
        see("Unchanged");
        click("INV-1");
        heading("INV-1");
        assertThat(driver().getCurrentUrl()).endsWith("#/invoices/" + first);
    }
}
