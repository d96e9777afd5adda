package dev.odometer.conformance.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

/** The interactive page of the API. */
class ApiPageIT extends InBrowser {

    private void openGroup(String group) {
        open("api.html", "API");
        await(
                "the groups",
                () -> driver().findElements(By.cssSelector(".opblock-tag")).size() > 10);
        run("document.querySelector('[data-tag=' + arguments[0] + '] button').click()", group);
        await(
                "the operations",
                () -> !driver().findElements(By.cssSelector(".opblock")).isEmpty());
    }

    @Test
    void listsTheFunctionsOffline() {
        openGroup("meters");

        see("/api/v1/meters/{meterIdOrSlug}/query");
        assertThat(requests()).allMatch(url -> url.startsWith(server().url()) || url.startsWith("data:"));
        assertThat(complaints()).isEmpty();
        pictures("api");
        accessible();
    }

    @Test
    void sendsARequest() {
        openGroup("info");

        press("[id$=listCurrencies] button.opblock-summary-control");
        press("[id$=listCurrencies] .try-out__btn");
        press("[id$=listCurrencies] .execute");

        see("\"code\": \"EUR\"");
    }

    /** Clicks when the element is there, also below the visible part. */
    private void press(String selector) {
        await(selector, () -> {
            run("document.querySelector(arguments[0]).click()", selector);
            return true;
        });
    }
}
