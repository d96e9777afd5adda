package dev.odometer.conformance.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The list of customers, the form of a customer, and usage of one. */
class CustomersIT extends InBrowser {

    private static final Shop SHOP = new Shop(ConsoleServer.open(), "people");

    @BeforeAll
    static void someCustomers() {
        SHOP.open();
        SHOP.plan("people", "People", Shop.fee("10"));
        SHOP.customer("people-ada", "Ada Works");
        SHOP.customer("people-bob", "Bob Works");
        SHOP.subscribe("people-bob", "people");
        SHOP.usage("1", "people-ada-eu", java.time.Instant.now().minusSeconds(60), 1200);
        SHOP.usage("2", "people-ada", java.time.Instant.now().minusSeconds(60), 34);
    }

    @Test
    void listsCustomersWithTheirPlan() {
        open("#/customers?q=works", "Customers");

        see("Ada Works people-ada people-ada-eu –");
        see("Bob Works people-bob people-bob-eu people USD");
        accessible();
        pictures("customers");
    }

    /** A dot as a part of an address would reach another route of the API. */
    @Test
    void opensACustomerWhoseKeyIsADot() {
        SHOP.customer(".", "Dotted");
        open("#/customers?q=Dotted", "Customers");

        click("Dotted");

        heading("Dotted");
        settle();
        seeNot("cannot be part of an address");
        click("Details");
        see("Key .");
    }

    /** The API returns no usage, no entitlements and no preview of it. */
    @Test
    void showsWhatADeletedCustomerHas() {
        SHOP.customer("people-gone", "Gone Works");
        String id = Api.text(api("GET", "/api/v1/customers/people-gone", null), "id");
        api("DELETE", "/api/v1/customers/" + id, null);

        open("#/customers/" + id, "Gone Works");

        see("Key people-gone");
        open("#/customers/" + id + "?tab=invoices", "Gone Works");
        see("No invoices yet.");
        seeNot("customer is deleted");
        assertThat(text()).doesNotContain("Entitlements");
    }

    @Test
    void searchesByNameKeyAndSubject() {
        open("#/customers", "Customers");

        type("Contains", "ada wor");
        seeNot("Bob Works");
        see("Ada Works");
        choose("Search in", "Key");
        see("No customer matches this search.");
        type("Contains", "people-b");
        see("Bob Works");
        choose("Search in", "Subject key");
        type("Contains", "ADA-EU");
        see("Ada Works");
        seeNot("Bob Works");

        assertThat(driver().getCurrentUrl()).contains("by=subject").contains("q=ADA-EU");
    }

    @Test
    void filtersByPlan() {
        open("#/customers", "Customers");

        choose("Plan", "People (people)");
        see("Bob Works");
        seeNot("Ada Works");

        assertThat(driver().getCurrentUrl()).endsWith("#/customers?plan=people");
        driver().navigate().back();
        see("Ada Works");
    }

    @Test
    void pagesThroughCustomers() {
        for (int i = 10; i < 40; i++) {
            SHOP.customer("paged-" + i, "Paged " + i);
        }
        open("#/customers?q=Paged", "Customers");

        see("Page 1 of 2, 30 in total");
        click("Next");
        see("Paged 39");
        seeNot("Paged 10");

        assertThat(driver().getCurrentUrl()).endsWith("#/customers?q=Paged&page=2");
        driver().navigate().back();
        see("Paged 10");
    }

    @Test
    void createsACustomer() {
        open("#/customers", "Customers");

        click("Create customer");
        type("Name", "Cleo Works");
        type("Key", "people-cleo");
        type("Subject keys", "people-cleo-1\npeople-cleo-2");
        type("Currency", "eur");
        choose("Time zone of billing periods", "Europe/Berlin");
        accessible();
        pictures("customer-create");
        click("Create");

        heading("Cleo Works");
        assertThat(driver().getCurrentUrl()).endsWith("#/customers/people-cleo");
        assertThat(api("GET", "/api/v1/customers/people-cleo", null))
                .contains(
                        "\"subjectKeys\":[\"people-cleo-1\",\"people-cleo-2\"]",
                        "\"currency\":\"EUR\"",
                        "\"timeZone\":\"Europe/Berlin\"");
    }

    @Test
    void saysWhyACustomerIsRefused() {
        open("#/customers", "Customers");

        click("Create customer");
        type("Name", "Second Ada");
        type("Key", "people-ada");
        click("Create");

        see("409");
        assertThat(field("Name").getDomProperty("value")).isEqualTo("Second Ada");
    }

    @Test
    void editsACustomerAndKeepsTheRest() {
        SHOP.customer("people-dan", "Dan Works");
        open("#/customers/people-dan", "Dan Works");

        click("Edit");
        type("Name", "Dan & Sons");
        type("E-mail", "dan@example.com");
        click("Save");

        heading("Dan & Sons");
        see("people-dan · dan@example.com");
        assertThat(api("GET", "/api/v1/customers/people-dan", null))
                .contains("\"subjectKeys\":[\"people-dan-eu\"]", "\"tier\":\"gold\"");
    }

    @Test
    void deletesACustomerAfterAQuestion() {
        SHOP.customer("people-eve", "Eve Works");
        open("#/customers/people-eve?tab=details", "Eve Works");

        click("Delete customer");
        see("Delete Eve Works?");
        click("Cancel");
        seeNot("Delete Eve Works?");
        click("Delete customer");
        driver().findElement(org.openqa.selenium.By.cssSelector("dialog .button.danger"))
                .click();

        heading("Customers");
        type("Contains", "eve works");
        see("No customer matches this search.");
    }

    @Test
    void showsTheUsageOfAMeter() {
        open("#/customers/people-ada?meter=people", "Ada Works");

        see("1,234");
        assertThat(run("return document.querySelector('canvas').width > 200")).isEqualTo(true);
        choose("Range", "Last 24 hours");
        settle();
        see("1,234");
        accessible();
        pictures("customer");
        assertThat(driver().getCurrentUrl()).contains("range=24h");
        driver().navigate().back();
        see("Last 30 days");
    }

    @Test
    void saysWhichEventsAreUsage() {
        open("#/customers/people-bob?meter=people", "Bob Works");

        see("An event of the type people is usage of this customer if its subject is people-bob, or people-bob-eu.");
        see("curl");
    }

    @Test
    void showsNamesAsTexts() {
        SHOP.customer("people-hostile", Shop.HOSTILE);

        open("#/customers?q=onerror", "Customers");
        see(Shop.HOSTILE);
        for (String tab : List.of("usage", "entitlements", "subscription", "invoices", "details")) {
            open("#/customers/people-hostile?tab=" + tab, Shop.HOSTILE);
        }

        assertThat(run("return window.harmed")).isNull();
        assertThat(complaints()).isEmpty();
    }

    @Test
    void keepsTheListWhenTheServiceFails() {
        open("#/customers?q=works", "Customers");
        see("Ada Works");
        driver().executeCdpCommand("Network.enable", Map.of());
        driver().executeCdpCommand("Network.setBlockedURLs", Map.of("urls", List.of("*/customers*")));

        choose("Search in", "Key");

        see("then try again. The data shown is from an earlier request.");
        see("Ada Works");
        driver().executeCdpCommand("Network.setBlockedURLs", Map.of("urls", List.of()));
    }

    @Test
    void saysThatACustomerDoesNotExist() {
        open("#/customers/nobody", "nobody");

        see("404");
    }
}
