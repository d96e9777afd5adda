package dev.odometer.conformance.console;

import static dev.odometer.conformance.console.BilledCustomer.fee;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** What the pages of invoices and settings do with a key. */
class SettingsWithKeyIT extends InBrowser {

    @Override
    ConsoleServer server() {
        return ConsoleServer.withKeys();
    }

    private void signIn(String address, String heading) {
        open(address, "Sign in");
        type("API key", ConsoleServer.KEY);
        field("API key").sendKeys(Keys.ENTER);
        heading(heading);
        settle();
    }

    @Test
    void tellsThatThereIsAKeyWithoutShowingIt() {
        signIn("#/settings", "Settings");

        see("An API key is sent. It is kept in the memory of this page until the page is reloaded.");
        assertThat(String.valueOf(run("return document.documentElement.outerHTML")))
                .doesNotContain(ConsoleServer.KEY);
        click("Remove API key");
        see("You need it to sign in again.");
        driver().findElement(org.openqa.selenium.By.cssSelector("dialog[open] .button:last-child"))
                .click();

        heading("Sign in");
    }

    /** A link cannot send the key, so the page to print is a file. */
    @Test
    void downloadsThePageToPrint() {
        BilledCustomer customer = BilledCustomer.create(server(), "keyed", "PT0S");
        customer.add(fee("Support", "25.00"));
        String invoice = customer.draft();
        signIn("#/invoices/" + invoice, "DRAFT-" + invoice);

        click("Printable page");

        await(
                "the file",
                () -> Browser.downloads()
                        .resolve("DRAFT-" + invoice + ".html")
                        .toFile()
                        .exists());
    }
}
