package dev.odometer.conformance.console;

import static dev.odometer.conformance.console.BilledCustomer.fee;
import static dev.odometer.conformance.console.BilledCustomer.pages;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InvoicesIT extends InBrowser {

    @Override
    ConsoleServer server() {
        return ConsoleServer.billing();
    }

    private BilledCustomer customer(String key) {
        return BilledCustomer.create(server(), key, "PT0S");
    }

    @Test
    void listsInvoicesOfACustomer() {
        BilledCustomer customer = customer("list");
        customer.add(fee("Support", "25.00"));
        customer.issued();
        customer.add(fee("Training", "1000.50"));
        String draft = customer.draft();

        open("#/invoices?customer=" + customer.id(), "Invoices");

        see("DRAFT-" + draft + " Initech list Draft, needs approval");
        see("€1,190.60");
        see("INV-1 Initech list Issued");
        see("€29.75");
        accessible();
        pictures("invoices");
    }

    @Test
    void filtersByStatusAndCustomer() {
        BilledCustomer customer = customer("filters");
        customer.add(fee("Support", "25.00"));
        customer.issued();
        open("#/invoices", "Invoices");

        type("Customer", "filters");
        click("Select customer");
        see("Remove filter: customer is Initech filters");
        see("INV-1 Initech filters");
        choose("Status", "Voided");

        see("No invoice matches the filters.");
        assertThat(driver().getCurrentUrl())
                .contains("customer=" + customer.id())
                .contains("status=voided");
        driver().navigate().back();
        see("INV-1 Initech filters");
        click("Remove filter: customer is Initech filters");
        seeNot("customer is Initech filters");
        type("Customer", "nothing like it");
        click("Select customer");
        see("No customer has the id, the key or the name nothing like it.");
    }

    @Test
    void filtersByTheDayOfIssue() {
        BilledCustomer customer = customer("issued");
        customer.add(fee("Support", "25.00"));
        customer.issued();
        LocalDate today = LocalDate.now(ZoneOffset.UTC);

        open(
                "#/invoices?customer=" + customer.id() + "&from=" + today + "T00:00:00Z&to=" + today.plusDays(1)
                        + "T00:00:00Z",
                "Invoices");
        see("INV-1");
        assertThat(field("Issued to").getDomProperty("value")).isEqualTo(today.toString());

        run(
                "const day = arguments[0]; day.value = arguments[1]; day.dispatchEvent(new Event('change', {bubbles: true}))",
                field("Issued from"),
                today.plusDays(1).toString());
        see("No invoice matches the filters.");
        assertThat(driver().getCurrentUrl()).contains("from=" + today.plusDays(1) + "T00%3A00%3A00Z");
    }

    @Test
    void showsPages() {
        BilledCustomer customer = customer("paged");
        customer.add(
                IntStream.range(0, 51).mapToObj(i -> fee("Fee " + i, "1.00")).toArray(String[]::new));
        String waiting =
                api("GET", "/api/v1/billing/invoices?statuses=gathering&expand=lines&customers=" + customer.id(), null);
        java.util.regex.Pattern.compile("\"id\":\"(\\w+)\",\"type\":\"usage_based\"")
                .matcher(waiting)
                .results()
                .forEach(line -> api(
                        "POST",
                        "/api/v1/billing/invoices/invoice",
                        "{\"customerId\":\"" + customer.id() + "\",\"filters\":{\"lineIds\":[\"" + line.group(1)
                                + "\"]}}"));

        open("#/invoices?customer=" + customer.id(), "Invoices");
        see("Page 1 of 2, 51 in total");
        click("Next");

        see("Page 2 of 2, 51 in total");
        assertThat(driver().getCurrentUrl()).contains("page=2").contains("customer=" + customer.id());
        await("one row", () -> Long.valueOf(1).equals(run("return document.querySelectorAll('tbody tr').length")));
    }

    @Test
    void saysHowToMakeTheFirstInvoice() {
        BilledCustomer customer = customer("none");

        open("#/invoices?customer=" + customer.id(), "Invoices");

        see("There are no invoices yet");
        see("/api/v1/billing/invoices/invoice");
        see("{\"customerId\":\"" + customer.id() + "\"}");
        accessible();
    }

    @Test
    void saysThatACustomerDoesNotExist() {
        open("#/invoices?customer=nothing", "Invoices");

        see("404");
        click("Show the invoices of all customers");
        seeNot("404");
    }

    @Test
    void showsPendingLinesAndInvoicesThoseThatAreDue() {
        BilledCustomer customer = customer("pending");
        customer.addUntil(BilledCustomer.hour().plus(9, ChronoUnit.DAYS), fee("Later", "12.00"));
        open("#/invoices?tab=pending", "Invoices");
        see("Select a customer");
        accessible();

        type("Customer", "pending");
        click("Select customer");
        see("Pending lines in EUR");
        see("Later");
        see("€14.28");
        click("Preview");
        see("Nothing is due now.");
        customer.add(fee("Now", "7.00"));
        click("Preview");
        see("€8.33");
        accessible();
        pictures("invoices-pending");
        click("Create invoice");
        click("Create draft");

        await("the draft", () -> driver().getCurrentUrl().matches(".*#/invoices/[0-9A-Z]{26}"));
        see("Now");
        see("€8.33");
    }

    @Test
    void namesAreTexts() {
        String hostile = "<img src=x onerror=window.harmed=1>";
        BilledCustomer customer = BilledCustomer.create(server(), "hostile", "PT0S", "\"name\":\"" + hostile + "\"");
        customer.print("<b>1", "100");
        customer.add(pages(hostile, "0.05"));
        String invoice = customer.draft();
        String line = Api.text(customer.invoice(invoice).replaceFirst("(?s).*\"lines\":", ""), "id");

        for (String address : new String[] {"", "/" + invoice, "/" + invoice + "/lines/" + line}) {
            open(
                    "#/invoices" + address,
                    address.isEmpty()
                            ? "Invoices"
                            : address.contains("lines") ? "Proof of " + hostile : "DRAFT-" + invoice);
            see(hostile);
        }

        assertThat(run("return window.harmed")).isNull();
        assertThat(run("return document.querySelectorAll('main img').length")).isEqualTo(0L);
        assertThat(complaints()).isEmpty();
    }
}
