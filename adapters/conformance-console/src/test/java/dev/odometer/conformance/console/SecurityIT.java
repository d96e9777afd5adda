package dev.odometer.conformance.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names from outside have no effect, nothing leaves the origin, and the key stays where it belongs. */
class SecurityIT extends InBrowser {

    private static final String HOSTILE = "<img src=x onerror=\"window.harmed=1\"><script>window.harmed=1</script>";
    private static final String ESCAPED = HOSTILE.replace("\"", "\\\"");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#/overview?meter=hostile",
                "#/meters",
                "#/meters/hostile?groupBy=label",
                "#/meters/hostile?subject=acme%3Cb%3E"
            })
    void namesAreTexts(String address) {
        hostileData();

        driver().get(server().url() + address);
        settle();

        see(HOSTILE);
        assertThat(run("return window.harmed")).isNull();
        assertThat(run("return document.querySelectorAll('main img, main script, main iframe').length"))
                .isEqualTo(0L);
        assertThat(complaints()).isEmpty();
    }

    private void hostileData() {
        String meters = api("GET", "/api/v1/meters", null);
        if (!meters.contains("\"hostile\"")) {
            api(
                    "POST",
                    "/api/v1/meters",
                    "{\"slug\":\"hostile\",\"name\":\"" + ESCAPED + "\",\"description\":\"" + ESCAPED
                            + "\",\"aggregation\":\"COUNT\",\"eventType\":\"hostile\",\"groupBy\":{\"label\":\"$.label\"}}");
            api(
                    "POST",
                    "/api/v1/customers",
                    "{\"name\":\"" + ESCAPED + "\",\"usageAttribution\":{\"subjectKeys\":[\"" + ESCAPED + "\"]}}");
            api(
                    "POST",
                    "/api/v1/events",
                    "{\"specversion\":\"1.0\",\"id\":\"" + ESCAPED
                            + "\",\"source\":\"hostile\",\"type\":\"hostile\",\"subject\":\"" + ESCAPED
                            + "\",\"time\":\"" + Instant.now() + "\",\"data\":{\"label\":\"" + ESCAPED + "\"}}");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#/<img src=x onerror=window.harmed=1>",
                "#/meters/<img src=x onerror=window.harmed=1>?groupBy=<b>&zone=<b>&from=x&to=y",
                "#/meters/%E0%A4%A",
                "#/__proto__/constructor?__proto__=1",
                "#/constructor",
                "#/customers/..",
                "#javascript:alert(1)"
            })
    void anAddressIsAText(String address) {
        driver().get(server().url() + address);
        await(
                "a heading",
                () -> !driver().findElements(org.openqa.selenium.By.tagName("h1"))
                        .isEmpty());
        settle();

        assertThat(run("return window.harmed")).isNull();
        assertThat(run("return document.querySelectorAll('main img').length")).isEqualTo(0L);
    }

    /** No address is known that breaks a page, so the formatting of numbers is broken. */
    @Test
    void aPageThatFailsCanBeLeft() {
        hostileData();
        open("#/meters", "Meters");
        run("window.kept = Intl.NumberFormat; Intl.NumberFormat = function () { throw new Error('no numbers'); }");
        driver().get(server().url() + "#/meters/hostile");
        see("This page could not be displayed");
        run("Intl.NumberFormat = window.kept");

        open("#/meters", "Meters");

        seeNot("This page could not be displayed");
    }

    /** Addresses with dots would reach another route of the API. */
    @ParameterizedTest
    @ValueSource(strings = {".", ".."})
    void aDotIsNotAnId(String id) {
        driver().get(server().url() + "#/customers/" + id);

        see("cannot be part of an address of the API");
    }

    @Test
    void nothingIsRequestedFromElsewhere() {
        open("#/overview", "Overview");
        open("#/meters", "Meters");

        List<String> requests = requests();

        assertThat(requests).hasSizeGreaterThan(10).allMatch(url -> url.startsWith(server().url()));
        assertThat(complaints()).isEmpty();
    }

    /** The policy is in force: the browser refuses what an injection would need. */
    @Test
    void thePolicyForbidsInlineScripts() {
        open("#/meters", "Meters");

        run(
                "const script = document.createElement('script'); script.textContent = 'window.harmed = 1'; document.body.append(script);");
        run(
                "const image = document.createElement('img'); image.setAttribute('onerror', 'window.harmed = 1'); image.src = '/x'; document.body.append(image);");
        await(
                "the complaint",
                () -> complaints().stream().anyMatch(message -> message.contains("Content Security Policy")));

        assertThat(run("return window.harmed")).isNull();
    }
}
