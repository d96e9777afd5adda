package dev.odometer.conformance.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

/** The interactive page of the API. */
class ApiPageIT extends InBrowser {

    private void openPage() {
        open("api.html", "API");
        await("the operations", () -> driver().findElements(By.cssSelector(".opblock")).size() > 100);
    }

    @Test
    void listsTheFunctionsOffline() {
        openPage();

        see("/api/v1/meters/{meterIdOrSlug}/query");
        assertThat(requests()).allMatch(url -> url.startsWith(server().url()) || url.startsWith("data:"));
        assertThat(complaints()).isEmpty();
        pictures("api");
    }

    @Test
    void sendsARequest() {
        openPage();

        run("document.querySelector('#operations-default-listCurrencies, [id$=listCurrencies]').scrollIntoView()");
        run("document.querySelector('[id$=listCurrencies] button.opblock-summary-control').click()");
        await("the button", () -> !driver().findElements(By.cssSelector(".try-out__btn")).isEmpty());
        run("document.querySelector('.try-out__btn').click()");
        await("the button", () -> !driver().findElements(By.cssSelector(".execute")).isEmpty());
        run("document.querySelector('.execute').click()");

        see("\"code\": \"EUR\"");
    }
}
