package dev.odometer.conformance.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** The entitlements, subscriptions and invoices of a customer. */
class CustomerBillingIT extends InBrowser {

    private static final Shop SHOP = new Shop(ConsoleServer.open(), "owed");

    @BeforeAll
    static void aPlan() {
        SHOP.open();
        SHOP.plan("owed", "Owed", Shop.fee("29"), SHOP.units("P1M", "{'type':'unit','amount':'0.05'}"));
    }

    /** A subscribed customer with usage. */
    private static void subscribed(String key, int units) {
        SHOP.customer(key, "Firm " + key);
        SHOP.subscribe(key, "owed");
        SHOP.usage(key, key, Instant.now().minusSeconds(70), units);
    }

    @Test
    void showsBalancesAsBars() {
        subscribed("owed-bars", 850);

        open("#/customers/owed-bars?tab=entitlements", "Firm owed-bars");

        see("850 of 1,000 used, 150 left");
        see("Allowance: 1,000 per month, soft limit");
        var bar = driver().findElement(By.cssSelector("[role=meter]"));
        assertThat(bar.getDomAttribute("aria-valuenow")).isEqualTo("850");
        assertThat(bar.getDomAttribute("class")).contains("warn");
        click("Grants of owed");
        see("1,000 Allowance active");
        accessible();
        pictures("customer-entitlements");
    }

    @Test
    void showsOverage() {
        subscribed("owed-over", 1300);

        open("#/customers/owed-over?tab=entitlements", "Firm owed-over");

        see("1,300 of 1,000 used, 0 left");
        assertThat(driver().findElement(By.cssSelector("[role=meter]")).getDomAttribute("class"))
                .contains("bad");
        assertThat(driver().findElement(By.cssSelector("tbody td.number")).getText())
                .isEqualTo("300");
    }

    @Test
    void grantsAnAmount() {
        subscribed("owed-grant", 900);
        open("#/customers/owed-grant?tab=entitlements&feature=owed", "Firm owed-grant");

        click("Add grant");
        type("Amount", "many");
        click("Add");
        see("Enter a number, such as 500 or 0.5.");
        type("Amount", "500.25");
        choose("Expires after", "A month");
        accessible();
        pictures("customer-grant");
        run("const add = document.querySelector('dialog[open] button[type=submit]'); add.click(); add.click();");

        see("900 of 1,500.25 used, 600.25 left");
        see("500.25 Grant active");
        assertThat(grants("owed-grant")).as("two clicks, one grant").isEqualTo(1);
    }

    private int grants(String customer) {
        String all = api("GET", "/api/v2/customers/" + customer + "/entitlements/owed/grants", null);
        return all.split("\"amount\":500\\.25", -1).length - 1;
    }

    @Test
    void doesNotAdviseToRepeatAGrantWithoutAnAnswer() {
        subscribed("owed-lost", 900);
        open("#/customers/owed-lost?tab=entitlements&feature=owed", "Firm owed-lost");
        click("Add grant");
        type("Amount", "500.25");
        run("const real = fetch; globalThis.fetch = (...all) => { globalThis.fetch = real;"
                + "return real(...all).then(() => { throw new TypeError('the connection was lost'); }); }");

        click("Add");

        see("The change may have been made: check before you repeat it.");
        assertThat(grants("owed-lost")).isEqualTo(1);
    }

    @Test
    void asksForOneGrantAtATime() {
        subscribed("owed-closed", 900);
        open("#/customers/owed-closed?tab=entitlements&feature=owed", "Firm owed-closed");
        click("Add grant");
        type("Amount", "500.25");
        run("const real = fetch; globalThis.fetch = (...all) => { globalThis.fetch = real;"
                + "return new Promise(answer => { globalThis.goOn = answer; }).then(() => real(...all)); }");
        click("Add");

        field("Amount").sendKeys(Keys.ESCAPE);
        await("no dialog", () -> Boolean.TRUE.equals(run("return document.querySelector('dialog[open]') === null")));
        click("Add grant");
        type("Amount", "500.25");
        run("document.querySelector('dialog[open] button[type=submit]').click()");
        field("Amount").sendKeys(Keys.ENTER);
        run("goOn()");

        see("900 of 1,500.25 used, 600.25 left");
        see("500.25 Grant active");
        assertThat(grants("owed-closed"))
                .as("a second form while the first request is running")
                .isEqualTo(1);
    }

    @Test
    void resetsTheUsageAfterAQuestion() {
        subscribed("owed-reset", 700);
        open("#/customers/owed-reset?tab=entitlements", "Firm owed-reset");

        click("Reset");
        see("End the usage period of owed now?");
        click("Cancel");
        see("700 of 1,000 used");
        click("Reset");
        click("Reset usage");

        see("0 of 1,000 used, 1,000 left");
    }

    @Test
    void subscribesACustomer() {
        SHOP.customer("owed-new", "Firm owed-new");
        open("#/customers/owed-new?tab=subscription", "Firm owed-new");

        see("Subscribe to a plan");
        choose("Plan", "Owed (owed), USD");
        click("Subscribe");

        see("owed, version 1");
        see("Monthly fee – $29.00 in advance every month");
        see("$0.05 per unit every month 1,000 per month, soft limit");
        accessible();
        pictures("customer-subscription");
    }

    @Test
    void cancelsASubscriptionAfterAQuestionAndUndoesIt() {
        subscribed("owed-cancel", 1);
        open("#/customers/owed-cancel?tab=subscription", "Firm owed-cancel");

        click("Cancel subscription");
        see("The customer is not charged for later periods");
        pictures("customer-cancel");
        click("Keep subscription");
        assertThat(status("owed-cancel")).isEqualTo("active");
        click("Cancel subscription");
        click("Cancel at period end");

        see("Undo cancelation");
        assertThat(status("owed-cancel")).isEqualTo("canceled");
        click("Undo cancelation");
        see("Cancel subscription");
        assertThat(status("owed-cancel")).isEqualTo("active");
    }

    @Test
    void schedulesASubscriptionAndDeletesItAfterAQuestion() {
        SHOP.customer("owed-later", "Firm owed-later");
        open("#/customers/owed-later?tab=subscription", "Firm owed-later");

        choose("Plan", "Owed (owed), USD");
        choose("Start", "At a specific time");
        click("Subscribe");
        see("scheduled");
        see("Standard later");
        click("Delete subscription");
        see("Delete this subscription, which has not started?");
        driver().findElement(By.cssSelector("dialog .button.danger")).click();

        see("Subscribe to a plan");
        assertThat(api("GET", "/api/v1/customers/owed-later/subscriptions", null))
                .contains("\"totalCount\":0");
    }

    @Test
    void endsASubscriptionNow() {
        subscribed("owed-end", 1);
        open("#/customers/owed-end?tab=subscription", "Firm owed-end");

        click("Cancel subscription");
        choose("End", "Now");
        click("Cancel now");

        see("inactive");
        see("Subscribe to a plan");
    }

    private String status(String customer) {
        return Api.text(api("GET", "/api/v1/customers/" + customer + "/subscriptions", null), "status");
    }

    @Test
    void invoicesWhatIsDueNow() {
        subscribed("owed-now", 400);
        open("#/customers/owed-now?tab=invoices", "Firm owed-now");

        see("Units");
        see("400 $0.05 $20.00");
        accessible();
        pictures("customer-invoices");
        click("Create invoice");
        see("for Firm owed-now?");
        click("Cancel");
        click("Create invoice");
        driver().findElement(By.cssSelector("dialog .button.primary")).click();

        see("Created");
        see("Nothing is due now.");
        String id = Api.text(
                api("GET", "/api/v1/billing/invoices?orderBy=createdAt&order=DESC&customers=" + idOf("owed-now"), null),
                "id");
        assertThat(driver().findElements(By.cssSelector("td a[href='#/invoices/" + id + "']")))
                .hasSize(1);
    }

    private String idOf(String customer) {
        return Api.text(api("GET", "/api/v1/customers/" + customer, null), "id");
    }

    @Test
    void saysThatNothingIsDue() {
        SHOP.customer("owed-nothing", "Firm owed-nothing");

        open("#/customers/owed-nothing?tab=invoices", "Firm owed-nothing");

        see("Nothing is due now.");
        see("No invoices yet.");
    }

    @Test
    void saysThatThereAreNoEntitlements() {
        SHOP.customer("owed-none", "Firm owed-none");

        open("#/customers/owed-none?tab=entitlements", "Firm owed-none");

        see("The customer has no entitlements");
        see("/api/v2/customers/owed-none/entitlements");
    }
}
