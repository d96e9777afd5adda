package dev.odometer.conformance.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.logging.LogType;

/** The page of the portal: what a customer sees with its token, and where the token is not. */
class PortalIT extends InBrowser {

    private static final int MAX_BYTES = 100_000;
    private static final String HOSTILE = "<img src=x onerror=window.harmed=1><b>bold</b>";

    @Override
    ConsoleServer server() {
        return ConsoleServer.embedded();
    }

    @BeforeAll
    static void aCustomer() {
        PortalData.aCustomer();
    }

    private void show(String token) {
        open("portal#token=" + token, "Usage");
    }

    @Test
    void showsUsageLimitsAndInvoices() {
        show(PortalData.token("acme", PortalData.ALL));

        choose("Meter", "Tokens");
        see("2,190 from");
        see("Tokens 2,190 of 2,500 used, 310 left");
        see("Prompts 20 of 21 used, 1 left");
        see("Single sign-on Included");
        see("INV-1");
        see("Open €29.75");
        assertThat(text()).doesNotContain("7,000").doesNotContain("secret").doesNotContain("Odometer");
        assertThat(run("return document.querySelector('canvas').width > 200")).isEqualTo(true);
        accessible();
        pictures("portal");
        assertThat(complaints()).isEmpty();
    }

    /** It is the first page that a customer loads. */
    @Test
    void isSmall() throws Exception {
        show(PortalData.token("acme", PortalData.ALL));

        List<String> files = requests().stream()
                .filter(url -> !url.contains("/api/"))
                .distinct()
                .toList();
        int size = files.stream().mapToInt(PortalIT::sizeOf).sum();
        Files.writeString(Path.of("target/portal-size.txt"), size + "\n" + String.join("\n", files) + "\n");

        assertThat(files).hasSizeGreaterThan(15).noneMatch(url -> url.contains("swagger"));
        assertThat(size).as(files.toString()).isLessThan(MAX_BYTES);
    }

    private static int sizeOf(String url) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("Accept-Encoding", "gzip")
                .build();
        return Api.send(request, BodyHandlers.ofByteArray()).body().length;
    }

    @Test
    void choosesMeterRangeAndGroup() {
        show(PortalData.token("acme", ""));

        choose("Meter", "Tokens");
        choose("Group by", "model");
        see("large");
        see("small");
        choose("Range", "Last 12 months");
        see("Month model Usage");
        choose("Range", "Last 7 days");
        choose("Window", "Hour");
        see("Hour model Usage");
        pictures("portal-grouped");
        choose("Meter", "Prompts");
        see("20 from");
        assertThat(text()).doesNotContain("Group by");
    }

    @Test
    void saysHowManyGroupsTheChartLeavesOut() {
        for (int model = 0; model < 10; model++) {
            PortalData.use("initech", model, Instant.now(), 10, "model-" + model);
        }
        show(PortalData.token("initech", ""));
        choose("Meter", "Tokens");
        choose("Group by", "model");

        see("The chart shows the 8 largest groups; 2 more are in the table.");
    }

    @Test
    void downloadsUsageAndInvoices() throws Exception {
        show(PortalData.token("acme", PortalData.ALL));
        choose("Meter", "Tokens");
        see("2,190 from");

        click("Download CSV");
        assertThat(saved("tokens.*\\.csv"))
                .startsWith("window_start,window_end,")
                .doesNotContain("7000");
        click("Download INV-1 as Page, a page to read and print");
        assertThat(saved("INV-1.*\\.html")).contains("Support").contains("Seller GmbH");
        click("Download INV-1 as CSV, a table");
        assertThat(saved("INV-1.*\\.csv")).startsWith("invoice_id,").contains("Support");
        // The customer has no address, which the standard requires: the reason is shown.
        click("Download INV-1 as XML, an e-invoice");
        see("409");
    }

    private String saved(String name) throws Exception {
        await("the file " + name, () -> file(name).isPresent());
        Path file = file(name).orElseThrow();
        String content = Files.readString(file);
        Files.delete(file);
        return content;
    }

    private static Optional<Path> file(String name) {
        try (Stream<Path> files = Files.list(Browser.downloads())) {
            return files.filter(file -> file.getFileName().toString().matches(name))
                    .filter(file -> file.toFile().length() > 0)
                    .findFirst();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The token is in headers only, and the address is clean before anything else is loaded. */
    @Test
    void keepsTheTokenToItself() {
        String token = PortalData.token("acme", PortalData.ALL);
        show(token);
        see("INV-1");
        choose("Range", "Last 7 days");
        settle();

        assertThat(driver().getCurrentUrl()).isEqualTo(server().url() + "portal");
        assertThat(
                        run(
                                "return JSON.stringify([localStorage, sessionStorage, document.cookie, history.state,"
                                        + " document.documentElement.outerHTML, performance.getEntriesByType('resource'), Object.values(globalThis.portalLink)])"))
                .asString()
                .doesNotContain(token);
        List<String> messages = driver().manage().logs().get(LogType.PERFORMANCE).getAll().stream()
                .map(entry -> entry.getMessage())
                .filter(message -> message.contains("\"Network.requestWillBeSent"))
                .toList();
        assertThat(messages).anyMatch(message -> message.contains("Bearer " + token));
        assertThat(messages).noneMatch(message -> message.matches("(?s).*\"(url|Referer)\":\"[^\"]*" + token + ".*"));
        run("history.back()");
        assertThat(driver().getCurrentUrl()).doesNotContain(token);
    }

    @Test
    void asksOnlyForWhatTheTokenShows() {
        show(PortalData.token("acme", "\"allowedMeterSlugs\":[\"prompts\"]"));

        see("20 from");
        assertThat(text()).doesNotContain("Limits").doesNotContain("Invoices").doesNotContain("Tokens");
        assertThat(requests()).noneMatch(url -> url.contains("portal/access") || url.contains("portal/invoices"));
        assertThat(complaints()).isEmpty();
    }

    @Test
    void theTokenReachesNothingElse() {
        String token = PortalData.token("acme", PortalData.ALL);
        show(token);

        Object statuses = driver().executeAsyncScript(
                        "const done = arguments[arguments.length - 1];"
                                + "Promise.all(arguments[1].map(path => fetch(path, {headers: {Authorization: 'Bearer ' + arguments[0]}}).then(reply => reply.status))).then(done)",
                        token,
                        List.of(
                                "/api/v1/meters",
                                "/api/v1/events",
                                "/api/v1/customers",
                                "/api/v1/subjects",
                                "/api/v1/portal/tokens",
                                "/api/v1/billing/invoices",
                                "/api/v1/meters/tokens/query",
                                "/api/v3/openmeter/meters",
                                "/api/openapi.json"));

        assertThat(statuses).isEqualTo(Collections.nCopies(9, 401L));
    }

    @Test
    void saysThatTheLinkHasExpired() {
        Instant end = Instant.now().plusSeconds(4).truncatedTo(ChronoUnit.SECONDS);
        String token = PortalData.token("acme", "\"expiresAt\":\"" + end + "\"");
        show(token);

        heading("This link has expired");
        see("Open this page from your account again");
        assertThat(text()).doesNotContain("Prompts");
        accessible();
        pictures("portal-expired");
        open("portal?again#token=" + token, "This link has expired");
        run("location.hash = 'token=' + arguments[0]", PortalData.token("acme", ""));
        heading("Usage");
        see("Prompts");
        assertThat(driver().getCurrentUrl()).isEqualTo(server().url() + "portal?again");
    }

    @Test
    void endsWhenTheTokenIsInvalidated() {
        show(PortalData.token("acme", ""));
        see("Prompts");

        PortalData.call("POST", "/api/v1/portal/tokens/invalidate", "{'subject':'acme'}");
        choose("Range", "Last 7 days");

        heading("This link is not valid");
        assertThat(text()).doesNotContain("Prompts");
    }

    @Test
    void needsALink() {
        open("portal", "This page needs a link");
        accessible();
        pictures("portal-without-token");
        open("portal?#token=a.b.c", "This link is not valid");
        open("portal.html#token=" + PortalData.token("acme", "").substring(1), "This link is not valid");
    }

    @Test
    void aKeyOfTheConsoleIsNotUsed() {
        driver().get(server().url() + "css/icon.svg");
        run("sessionStorage.setItem('odometer.key', arguments[0])", ConsoleServer.KEY);

        open("portal", "This page needs a link");
        show(PortalData.token("acme", PortalData.ALL));

        assertThat(driver().manage().logs().get(LogType.PERFORMANCE).getAll())
                .noneMatch(entry -> entry.getMessage().contains("Bearer " + ConsoleServer.KEY));
    }

    @Test
    void followsTheThemeOfTheLink() {
        prefer("light");
        open("portal#theme=dark&token=" + PortalData.token("acme", PortalData.ALL), "Usage");
        assertThat(run("return getComputedStyle(document.documentElement).backgroundColor"))
                .isEqualTo("rgb(18, 21, 28)");

        prefer("dark");
        open("portal?light#token=" + PortalData.token("acme", PortalData.ALL) + "&theme=light", "Usage");
        assertThat(run("return getComputedStyle(document.documentElement).backgroundColor"))
                .isEqualTo("rgb(255, 255, 255)");
        open("portal?other#theme=<b>&token=" + PortalData.token("acme", PortalData.ALL), "Usage");
        assertThat(run("return document.documentElement.dataset.theme ?? 'none'"))
                .isEqualTo("none");
    }

    @Test
    void namesAreTexts() {
        String text = HOSTILE;
        PortalData.call(
                "POST",
                "/api/v1/meters",
                "{'slug':'zz_hostile','name':'" + text
                        + "','aggregation':'COUNT','eventType':'hostile','groupBy':{'label':'$.label'}}");
        String customer = PortalData.customer(text, text);
        PortalData.feature(customer, "zz_hostile", text, 5);
        PortalData.invoice(customer, text);
        PortalData.call(
                "POST",
                "/api/v1/events",
                "{'specversion':'1.0','id':'1','source':'hostile','type':'hostile','subject':'" + text
                        + "','data':{'label':'" + text + "'}}");
        show(PortalData.token(text, PortalData.ALL + ",\"allowedMeterSlugs\":[\"zz_hostile\"]"));
        choose("Group by", "label");

        await("the names", () -> text().split(java.util.regex.Pattern.quote(text), -1).length >= 5);
        assertThat(run("return window.harmed")).isNull();
        assertThat(run("return document.querySelectorAll('main img, main script, h1 b').length"))
                .isEqualTo(0L);
        assertThat(complaints()).isEmpty();
    }
}
