package dev.odometer.conformance.console;

import static dev.odometer.conformance.console.BilledCustomer.fee;
import static dev.odometer.conformance.console.BilledCustomer.pages;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** The page of one invoice: what it shows, and what can be done with it. */
class InvoicePageIT extends InBrowser {

    @Override
    ConsoleServer server() {
        return ConsoleServer.billing();
    }

    private BilledCustomer customer(String key) {
        return BilledCustomer.create(server(), key, "PT0S");
    }

    private List<String> buttons() {
        return driver().findElements(By.cssSelector(".page-head .actions > button")).stream()
                .map(WebElement::getText)
                .toList();
    }

    private String draft(BilledCustomer customer) {
        String draft = customer.draft();
        open("#/invoices/" + draft, "DRAFT-" + draft);
        return draft;
    }

    @Test
    void showsPartiesLinesChargesAndTotals() {
        BilledCustomer customer = customer("shown");
        customer.print("1", "2010");
        customer.add(
                "\"name\":\"Pages\",\"featureKey\":\"printed\",\"rateCard\":{\"featureKey\":\"printed\",\"price\":{\"type\":\"tiered\","
                        + "\"mode\":\"graduated\",\"tiers\":[{\"upToAmount\":\"1000\",\"unitPrice\":{\"type\":\"unit\",\"amount\":\"0.05\"}},"
                        + "{\"unitPrice\":{\"type\":\"unit\",\"amount\":\"0.035\"},\"flatPrice\":{\"type\":\"flat\",\"amount\":\"3\"}}]},"
                        + "\"discounts\":{\"percentage\":{\"percentage\":10},\"usage\":{\"quantity\":\"100\"}}}",
                "\"name\":\"Scans\",\"featureKey\":\"printed\",\"price\":{\"type\":\"unit\",\"amount\":\"0.001\",\"minimumAmount\":\"20\"}",
                fee("Support", "25.00"));
        String invoice = customer.issued();

        open("#/invoices/" + invoice, "INV-1");

        see("Initech shown, €144.42");
        see("Status Issued");
        see("Initech shown Berlin DE Tax id DE123456789");
        see("Seller GmbH Marienplatz 1 80331 Munich DE Tax id DE999999999");
        see("Tax Standard rate, 19 %");
        see("1,910 2,010 metered 100 free");
        see("Pages: usage in tier 1 10 % discount: €5.00 1,000 €0.05 -€5.00 €45.00");
        see("Pages: usage in tier 2 10 % discount: €3.19 910 €0.035 -€3.19 €28.66");
        see("Pages: flat price for tier 2");
        see("Minimum spend 1 €17.99 €17.99");
        see("Charges €111.86 Minimum spends €17.99 Discounts -€8.49 Tax, 19 % €23.06 Total €144.42");
        assertThat(buttons()).containsExactly("Void");
        accessible();
        pictures("invoice");
    }

    @Test
    void approvesADraftAfterAConfirmation() {
        BilledCustomer customer = customer("approved");
        customer.add(fee("Support", "25.00"));
        String draft = draft(customer);
        see("Next Check the lines, then approve the draft.");
        assertThat(buttons()).containsExactly("Approve", "Delete");

        click("Approve");
        see("This issues the invoice to Initech approved, €29.75.");
        accessible();
        pictures("invoice-approve");
        click("Cancel");
        assertThat(customer.invoice(draft)).contains("\"status\":\"draft\"");
        click("Approve");
        click("Approve draft");

        heading("INV-1");
        assertThat(customer.invoice(draft)).contains("\"status\":\"issued\"");
    }

    @Test
    void deletesADraft() {
        BilledCustomer customer = customer("deleted");
        customer.add(fee("Support", "25.00"));
        String draft = draft(customer);

        click("Delete");
        click("Delete draft");

        see("Status Deleted");
        assertThat(customer.invoice(draft)).contains("\"status\":\"deleted\"");
        assertThat(buttons()).isEmpty();
    }

    @Test
    void readsTheUsageEarly() {
        BilledCustomer customer = BilledCustomer.create(server(), "early", "P30D", "\"name\":\"Early\"");
        customer.print("1", "100");
        customer.add(pages("Pages", "0.05"));
        draft(customer);
        see("Status Draft, waiting for usage Next Usage can arrive late, so it is read again at");
        assertThat(buttons()).containsExactly("Snapshot quantities", "Delete");

        click("Snapshot quantities");
        click("Read usage now");

        see("Status Draft, needs approval");
        assertThat(buttons()).containsExactly("Approve", "Delete");
    }

    @Test
    void advancesADraft() {
        // The draft waits for late usage for five seconds. Then only the action reads it: this service runs no
        // schedule.
        Instant due = BilledCustomer.hour().minus(4, ChronoUnit.DAYS);
        Duration interval = Duration.between(due, Instant.now().plusSeconds(5)).truncatedTo(ChronoUnit.SECONDS);
        BilledCustomer customer =
                BilledCustomer.create(server(), "advanced", interval.toString(), "\"name\":\"Advanced\"");
        customer.print("1", "100");
        customer.addUntil(due, pages("Pages", "0.05"));
        String draft = draft(customer);
        // The page loads drafts again by itself.
        await("the action", () -> buttons().contains("Advance"));

        click("Advance");
        click("Advance draft");

        see("Status Draft, needs approval");
        assertThat(customer.invoice(draft)).contains("manual_approval_needed");
    }

    @Test
    void voidsForAReasonAndBillsTheItemsAgain() {
        BilledCustomer customer = customer("voided");
        customer.add(fee("Support", "25.00"));
        String invoice = customer.issued();
        open("#/invoices/" + invoice, "INV-1");

        click("Void");
        see("Its number is not used again.");
        assertThat(driver().findElement(By.cssSelector("dialog[open] button[type=submit]"))
                        .isEnabled())
                .isFalse();
        accessible();
        pictures("invoice-void");
        type("Reason", "Wrong address");
        choose("The items of the invoice", "are billed again by the next invoice (pending)");
        click("Void invoice");

        see("Status Voided");
        assertThat(customer.invoice(invoice)).contains("\"status\":\"voided\"");
        assertThat(buttons()).isEmpty();
        assertThat(customer.invoice(customer.draft())).contains("\"total\":\"29.75\"");
    }

    @Test
    void voidsWithoutBillingTheItemsAgain() {
        BilledCustomer customer = customer("discarded");
        customer.add(fee("Support", "25.00"));
        String invoice = customer.issued();
        open("#/invoices/" + invoice, "INV-1");

        click("Void");
        type("Reason", "A present");
        click("Void invoice");

        see("Status Voided");
        assertThat(api("POST", "/api/v1/billing/customers/" + customer.id() + "/invoices/preview", "{}"))
                .isEqualTo("[]");
    }

    @Test
    void showsWhyAnActionIsRefusedAndTheNewState() {
        BilledCustomer customer = customer("raced");
        customer.add(fee("Support", "25.00"));
        String draft = draft(customer);
        api("POST", "/api/v1/billing/invoices/" + draft + "/approve", null);

        click("Delete");
        click("Delete draft");

        heading("INV-1");
        see("400");
        see("delete");
    }

    /** Such an answer needs a payment provider: only what the browser gets is changed. */
    @Test
    void showsIssuesAndWhatFollowsFromThem() {
        BilledCustomer customer = customer("issues");
        customer.add(fee("Support", "25.00"));
        String invoice = customer.issued();
        open("#/invoices?customer=" + customer.id(), "Invoices");
        run("const real = window.fetch; window.fetch = async (url, options) => {"
                + "  const reply = await real(url, options);"
                + "  if (!reply.ok || !String(url).includes('/billing/invoices')) { return reply; }"
                + "  const body = await reply.json();"
                + "  for (const one of body.items ?? [body]) {"
                + "    one.validationIssues = [{severity: 'critical', code: 'no_email', component: 'hand_off', message: 'The customer has no <b>email</b>.'}];"
                + "    one.statusDetails.availableActions.retry = {resultingState: 'issued'};"
                + "    one.voidReason = 'Wrong address';"
                + "  }"
                + "  return new Response(JSON.stringify(body), {status: reply.status});"
                + "};");

        choose("Status", "Issued");
        see("Critical The customer has no <b>email</b>. no_email");
        click("INV-1");
        heading("INV-1");

        see("Issues The hand-off to the payment provider is not complete.");
        see("Void reason Wrong address");
        assertThat(buttons()).containsExactly("Retry", "Void");
        accessible();
        pictures("invoice-issues");
        click("Retry");
        click("Hand over again");
        see("400 validation error: action retry is not available");
        assertThat(customer.invoice(invoice)).contains("\"status\":\"issued\"");
    }
}
