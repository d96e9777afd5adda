package dev.odometer.conformance.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.Select;

/**
 * A test in the browser, with the words of a user: open, click, type, see. A word waits until what it refers to is there.
 */
class InBrowser {

    static final Duration MAX_WAIT = Duration.ofMinutes(2);
    private static final Path PICTURES = Path.of("target/screenshots");
    /** {@code -Dpictures=all}: also in the dark theme and of a phone, which takes a third of the time of the tests. */
    private static final boolean ALL_PICTURES = "all".equals(System.getProperty("pictures"));
    /** Colors change gradually, so it waits for the end of all animations. */
    private static final String AUDIT = """
            const done = arguments[0];
            const ends = one => one.effect.getComputedTiming().endTime !== Infinity;
            const changed = () => Promise.allSettled(document.getAnimations().filter(ends).map(one => one.finished));
            requestAnimationFrame(() => requestAnimationFrame(() => changed().then(() => axe.run(%s)).then(found => done(
                found.violations.filter(one => ['serious', 'critical'].includes(one.impact))
                    .flatMap(one => one.nodes.map(node => one.id + ': ' + node.html + ' ' + node.failureSummary))))));
            """;

    /** Looks for a visible element by its text or label, in one round trip to the browser. */
    private static final String VISIBLE = """
            return [...document.querySelectorAll('%s')].%s(one => one.checkVisibility({visibilityProperty: true})
                && (one.innerText.trim() === arguments[0] || one.getAttribute('aria-label') === arguments[0]))
            """;

    /** Elements that show that data is being loaded. */
    private static final String LOADING = "[aria-busy=true], .loading, .starting";

    /** The service that {@link #open} and {@link #api} use. */
    ConsoleServer server() {
        return ConsoleServer.open();
    }

    ChromeDriver driver() {
        return Browser.driver();
    }

    /** A new tab as far as the console can tell: without a key and preferences, and with the size of a desktop. */
    @BeforeEach
    void startAnew() {
        assumeTrue(Browser.isInstalled(), "skipped: chromium and chromedriver must be on the PATH");
        driver().executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
        driver().executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of()));
        driver().executeCdpCommand(
                        "Storage.clearDataForOrigin",
                        Map.of("origin", server().url().replaceFirst("/$", ""), "storageTypes", "all"));
        driver().get(server().url() + "css/icon.svg");
        run("sessionStorage.clear(); localStorage.clear();");
        requests();
        complaints();
    }

    /** Opens an address such as {@code #/meters}, and waits for its heading and its data. */
    void open(String address, String heading) {
        driver().get(server().url() + address);
        heading(heading);
        settle();
    }

    /** Waits for the heading of the page. */
    void heading(String text) {
        await("the heading " + text, () -> Boolean.TRUE.equals(run(VISIBLE.formatted("h1", "some"), text)));
    }

    /** Waits until nothing is being loaded. */
    void settle() {
        await(
                "the data",
                () -> Boolean.TRUE.equals(run(
                        "return document.readyState === 'complete' && document.querySelector(arguments[0]) === null",
                        LOADING)));
    }

    /** Waits until the page shows the text. */
    void see(String text) {
        await("the text " + text, () -> text().contains(text));
    }

    /** Waits until the page does not show the text. */
    void seeNot(String text) {
        await("no text " + text, () -> !text().contains(text));
    }

    /** The visible text of the page, with single spaces, and of each select the option that is selected. */
    String text() {
        return String.valueOf(run("let text = document.body.innerText;"
                        + "for (const select of document.querySelectorAll('select'))"
                        + "  text = text.replace(select.innerText, () => select.selectedOptions[0]?.text ?? '');"
                        + "return text"))
                .replaceAll("\\s+", " ");
    }

    /** Clicks the button, link or tab with this text or label. */
    void click(String name) {
        retry("the button or link " + name, () -> named(name).click());
    }

    private WebElement named(String name) {
        var element = (WebElement) run(VISIBLE.formatted("button, a, summary, [role=button]", "find"), name);
        if (element == null) {
            throw new StaleElementReferenceException("no button or link " + name);
        }
        return element;
    }

    /** The input with this label, also while it is not visible. */
    WebElement field(String label) {
        WebElement element = (WebElement) run(
                "return [...document.querySelectorAll('label')].find(label => label.textContent.trim() === arguments[0])?.control",
                label);
        if (element == null) {
            throw new StaleElementReferenceException("no field " + label);
        }
        return element;
    }

    /** Replaces the text of the field. */
    void type(String label, String text) {
        retry("the field " + label, () -> {
            WebElement field = field(label);
            field.sendKeys(Keys.chord(Keys.CONTROL, "a"), text.isEmpty() ? Keys.DELETE : text);
        });
    }

    /** Selects the option with this text. */
    void choose(String label, String option) {
        retry("the field " + label, () -> new Select(field(label)).selectByVisibleText(option));
    }

    /** Runs a script in the page. */
    @Nullable
    Object run(String script, Object... arguments) {
        return driver().executeScript(script, arguments);
    }

    /** Sends a request without the browser, and returns the body of the response. */
    String api(String method, String path, @Nullable String body) {
        return Api.call(server(), method, path, body);
    }

    /** Axe finds nothing serious or critical in what is visible, in the light and in the dark theme. */
    void accessible() {
        run(axe());
        for (String theme : List.of("light", "dark")) {
            prefer(theme);
            // Only the colors depend on the theme.
            String rules = theme.equals("dark") ? "{runOnly: ['color-contrast']}" : "{}";
            Object findings = driver().executeAsyncScript(AUDIT.formatted(rules));
            assertThat((List<?>) findings)
                    .as("findings in the " + theme + " theme")
                    .isEmpty();
        }
        prefer("");
    }

    private static String axe() {
        try (InputStream script = InBrowser.class.getResourceAsStream("/axe.min.js")) {
            return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The color scheme of the system; empty for the default. */
    void prefer(String scheme) {
        driver().executeCdpCommand(
                        "Emulation.setEmulatedMedia",
                        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** Pictures of the whole page: light and dark at the size of a desktop, and at the width of a phone. */
    void pictures(String name) {
        prefer("light");
        picture(name + "-light");
        if (ALL_PICTURES) {
            prefer("dark");
            picture(name + "-dark");
            prefer("light");
        }
        phone();
        if (ALL_PICTURES) {
            picture(name + "-phone");
        }
        assertThat(run("return document.documentElement.scrollWidth"))
                .as("the width of " + name + " on a phone")
                .isEqualTo(360L);
        driver().executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
        prefer("");
    }

    /** The size of a small phone. */
    void phone() {
        driver().executeCdpCommand(
                        "Emulation.setDeviceMetricsOverride",
                        Map.of("width", 360, "height", 740, "deviceScaleFactor", 1, "mobile", true));
        settle();
    }

    private void picture(String name) {
        run("scrollTo(0, 0)");
        // Charts are drawn again after a change of the theme or the size.
        driver().executeAsyncScript(
                        "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 100)))");
        String data = (String) driver().executeCdpCommand(
                        "Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true))
                .get("data");
        try {
            Files.createDirectories(PICTURES);
            Files.write(PICTURES.resolve(name + ".png"), Base64.getDecoder().decode(data));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The addresses that the browser has requested since the last call. */
    List<String> requests() {
        return driver().manage().logs().get(LogType.PERFORMANCE).getAll().stream()
                .map(entry -> entry.getMessage())
                .filter(message -> message.contains("\"Network.requestWillBeSent\""))
                .map(message -> message.replaceFirst("(?s).*\"request\":\\{.*?\"url\":\"([^\"]*)\".*", "$1"))
                .toList();
    }

    /** Errors in the browser's console since the last call, such as violations of the Content-Security-Policy. */
    List<String> complaints() {
        return driver().manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(entry -> entry.getLevel() + " " + entry.getMessage())
                .filter(message -> message.startsWith("SEVERE"))
                .toList();
    }

    private void retry(String what, Runnable action) {
        await(what, () -> {
            action.run();
            return true;
        });
    }

    /** Waits; an element that is not there, or that was just replaced, counts as not yet. */
    void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + MAX_WAIT.toNanos();
        RuntimeException last = null;
        while (System.nanoTime() < end) {
            try {
                if (condition.getAsBoolean()) {
                    return;
                }
            } catch (org.openqa.selenium.WebDriverException notYet) {
                last = notYet;
            }
            pause();
        }
        picture("failed-" + getClass().getSimpleName());
        throw new AssertionError("waited in vain for " + what + " in:\n" + text() + "\n" + complaints(), last);
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
