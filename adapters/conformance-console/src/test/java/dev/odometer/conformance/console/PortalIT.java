package dev.odometer.conformance.console;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.logging.LogType;

/** The page of the portal: what a customer sees with its token, and where the token is not. */
class PortalIT extends InBrowser {

    private static final String HOSTILE = "<img src=x onerror=window.harmed=1><b>bold</b>";
    private static final String ALL = "\"allowAccess\":true,\"allowInvoices\":true";

    @Override
    ConsoleServer server() {
        return ConsoleServer.embedded();
    }

    private static String call(String method, String path, String body) {
        return Api.call(ConsoleServer.embedded(), method, path, body.replace('\'', '"'));
    }

    @BeforeAll
    static void aCustomer() {
        call(
                "POST",
                "/api/v1/meters",
                "{'slug':'tokens','name':'Tokens','aggregation':'SUM','eventType':'prompt','valueProperty':'$.n','groupBy':{'model':'$.model'}}");
        call(
                "POST",
                "/api/v1/meters",
                "{'slug':'prompts','name':'Prompts','aggregation':'COUNT','eventType':'prompt'}");
        String customer = customer("Acme Inc.", "acme");
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        for (int day = 0; day < 20; day++) {
            use("acme", day, now.minus(day, ChronoUnit.DAYS), 100 + day, day % 3 == 0 ? "large" : "small");
        }
        use("globex", 0, now, 7000, "secret");
        feature(customer, "tokens", "Tokens", 2500);
        feature(customer, "prompts", "Prompts", 21);
        feature(customer, "storage", "Storage", 0);
        call("POST", "/api/v1/features", "{'key':'sso','name':'Single sign-on'}");
        call("POST", entitlements(customer), "{'type':'boolean','featureKey':'sso'}");
        invoice(customer, "Support");
    }

    private static String customer(String name, String subject) {
        String body = "{'name':'" + name + "','usageAttribution':{'subjectKeys':['" + subject + "']}}";
        String id = Api.text(call("POST", "/api/v1/customers", body), "id");
        String profile =
                "{'name':'Standard','supplier':{'name':'Seller GmbH','taxId':{'code':'DE123456789'},'addresses':"
                        + "[{'country':'DE','postalCode':'10115','city':'Berlin','line1':'Invalidenstr. 1'}]},'workflow':{'invoicing':"
                        + "{'autoAdvance':false,'dueAfter':'P14D'},'payment':{'collectionMethod':'send_invoice'}},"
                        + "'tax':{'category':'standard','percent':19}}";
        String profileId = Api.text(call("POST", "/api/v1/billing/profiles", profile), "id");
        call("PUT", "/api/v1/billing/customers/" + id, "{'billingProfileId':'" + profileId + "'}");
        return id;
    }

    private static String entitlements(String customer) {
        return "/api/v2/customers/" + customer + "/entitlements";
    }

    private static void feature(String customer, String key, String name, int allowance) {
        String meter = key.equals("storage") ? "tokens" : key;
        call("POST", "/api/v1/features", "{'key':'" + key + "','name':'" + name + "','meterSlug':'" + meter + "'}");
        call(
                "POST",
                entitlements(customer),
                "{'type':'metered','featureKey':'" + key + "','usagePeriod':{'interval':'YEAR','anchor':'"
                        + Instant.now().minus(60, ChronoUnit.DAYS) + "'},'measureUsageFrom':'CURRENT_PERIOD_START'"
                        + (allowance == 0 ? "" : ",'issueAfterReset':" + allowance) + "}");
    }

    private static void use(String subject, int number, Instant time, int tokens, String model) {
        call(
                "POST",
                "/api/v1/events",
                "{'specversion':'1.0','id':'%s-%d','source':'portal','type':'prompt','subject':'%s','time':'%s','data':{'n':%d,'model':'%s'}}"
                        .formatted(subject, number, subject, time, tokens, model));
    }

    private static String invoice(String customer, String line) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        call(
                "POST",
                "/api/v1/billing/customers/" + customer + "/invoices/pending-lines",
                "{'currency':'EUR','lines':[{'name':'%s','period':{'from':'%s','to':'%s'},'invoiceAt':'%s','price':{'type':'flat','amount':'25.00'}}]}"
                        .formatted(line, now.minusSeconds(60), now, now));
        String id =
                Api.text(call("POST", "/api/v1/billing/invoices/invoice", "{'customerId':'" + customer + "'}"), "id");
        call("POST", "/api/v1/billing/invoices/" + id + "/approve", "");
        return id;
    }

    private static String token(String subject, String more) {
        String members = more.isEmpty() ? "" : "," + more;
        return Api.text(call("POST", "/api/v1/portal/tokens", "{'subject':'" + subject + "'" + members + "}"), "token");
    }

    private void show(String token) {
        open("portal#token=" + token, "Usage");
    }

    @Test
    void showsUsageLimitsAndInvoices() {
        show(token("acme", ALL));

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

    @Test
    void choosesMeterRangeAndGroup() {
        show(token("acme", ""));

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
    void downloadsUsageAndInvoices() throws Exception {
        show(token("acme", ALL));
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
        String token = token("acme", ALL);
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
        show(token("acme", "\"allowedMeterSlugs\":[\"prompts\"]"));

        see("20 from");
        assertThat(text()).doesNotContain("Limits").doesNotContain("Invoices").doesNotContain("Tokens");
        assertThat(requests()).noneMatch(url -> url.contains("portal/access") || url.contains("portal/invoices"));
        assertThat(complaints()).isEmpty();
    }

    @Test
    void theTokenReachesNothingElse() {
        String token = token("acme", ALL);
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
                                "/api/swagger.json"));

        assertThat(statuses).isEqualTo(Collections.nCopies(9, 401L));
    }

    @Test
    void saysThatTheLinkHasExpired() {
        Instant end = Instant.now().plusSeconds(4).truncatedTo(ChronoUnit.SECONDS);
        String token = token("acme", "\"expiresAt\":\"" + end + "\"");
        show(token);

        heading("This link has expired");
        see("Open the page that led you here again.");
        assertThat(text()).doesNotContain("Prompts");
        accessible();
        pictures("portal-expired");
        open("portal?again#token=" + token, "This link has expired");
        run("location.hash = 'token=' + arguments[0]", token("acme", ""));
        heading("Usage");
        see("Prompts");
        assertThat(driver().getCurrentUrl()).isEqualTo(server().url() + "portal?again");
    }

    @Test
    void endsWhenTheTokenIsInvalidated() {
        show(token("acme", ""));
        see("Prompts");

        call("POST", "/api/v1/portal/tokens/invalidate", "{'subject':'acme'}");
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
        open("portal.html#token=" + token("acme", "").substring(1), "This link is not valid");
    }

    @Test
    void aKeyOfTheConsoleIsNotUsed() {
        driver().get(server().url() + "css/icon.svg");
        run("sessionStorage.setItem('odometer.key', arguments[0])", ConsoleServer.KEY);

        open("portal", "This page needs a link");
        show(token("acme", ALL));

        assertThat(driver().manage().logs().get(LogType.PERFORMANCE).getAll())
                .noneMatch(entry -> entry.getMessage().contains("Bearer " + ConsoleServer.KEY));
    }

    @Test
    void followsTheThemeOfTheLink() {
        prefer("light");
        open("portal#theme=dark&token=" + token("acme", ALL), "Usage");
        assertThat(run("return getComputedStyle(document.documentElement).backgroundColor"))
                .isEqualTo("rgb(18, 21, 28)");

        prefer("dark");
        open("portal?light#token=" + token("acme", ALL) + "&theme=light", "Usage");
        assertThat(run("return getComputedStyle(document.documentElement).backgroundColor"))
                .isEqualTo("rgb(255, 255, 255)");
        open("portal?other#theme=<b>&token=" + token("acme", ALL), "Usage");
        assertThat(run("return document.documentElement.dataset.theme ?? 'none'"))
                .isEqualTo("none");
    }

    @Test
    void anAllowedOriginEmbedsIt() {
        String origin = Embedder.allowed().url();
        driver().get(Embedder.allowed()
                .with(server().url() + "portal#origin=" + origin + "&token=" + token("acme", ALL)));

        inFrame(() -> {
            heading("Usage");
            see("INV-1");
        });
        await("the height", () -> Boolean.TRUE.equals(run("return window.heights.length > 0")));
        assertThat(run("return window.heights.at(-1)"))
                .asString()
                .matches(server().url().replaceFirst("/$", "") + " \\d{3,4}");
        // A new token for the same frame does not load the page again.
        String next = token("acme", "");
        run("document.querySelector('iframe').src = arguments[0]", server().url() + "portal#token=" + next);
        inFrame(() -> {
            seeNot("INV-1");
            see("Prompts");
        });
    }

    @Test
    void otherOriginsCannotEmbedIt() {
        for (String embedder : List.of(
                Embedder.other().with(server().url() + "portal#token=" + token("acme", ALL)),
                Embedder.allowed().with(server().url() + "index.html"),
                Embedder.allowed().with(server().url() + "api.html"))) {
            driver().get("about:blank");
            complaints();
            driver().get(embedder);

            await("the refusal", () -> complaints().stream().anyMatch(text -> text.contains("frame-ancestors")));
            inFrame(() -> assertThat(driver().findElements(By.id("app"))).isEmpty());
        }
    }

    /** Heights go to the origin of the link only. */
    @Test
    void reportsNothingToAnotherOrigin() {
        driver().get(Embedder.allowed()
                .with(server().url() + "portal#origin=https://other.example&token=" + token("acme", ALL)));

        inFrame(() -> {
            heading("Usage");
            see("INV-1");
        });
        assertThat(run("return window.heights.length")).isEqualTo(0L);
    }

    private void inFrame(Runnable actions) {
        WebElement frame = driver().findElement(By.tagName("iframe"));
        driver().switchTo().frame(frame);
        try {
            actions.run();
        } finally {
            driver().switchTo().defaultContent();
        }
    }

    @Test
    void namesAreTexts() {
        String text = HOSTILE;
        call(
                "POST",
                "/api/v1/meters",
                "{'slug':'hostile','name':'" + text
                        + "','aggregation':'COUNT','eventType':'hostile','groupBy':{'label':'$.label'}}");
        String customer = customer(text, text);
        feature(customer, "hostile", text, 5);
        invoice(customer, text);
        call(
                "POST",
                "/api/v1/events",
                "{'specversion':'1.0','id':'1','source':'hostile','type':'hostile','subject':'" + text
                        + "','data':{'label':'" + text + "'}}");
        show(token(text, ALL + ",\"allowedMeterSlugs\":[\"hostile\"]"));
        choose("Group by", "label");

        await("the names", () -> text().split(java.util.regex.Pattern.quote(text), -1).length >= 5);
        assertThat(run("return window.harmed")).isNull();
        assertThat(run("return document.querySelectorAll('main img, main script, h1 b').length"))
                .isEqualTo(0L);
        assertThat(complaints()).isEmpty();
    }
}
