package dev.odometer.conformance.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.logging.LogType;

/** A service with API keys: the console asks for one, and keeps it to itself. */
class SignInIT extends InBrowser {

    @Override
    ConsoleServer server() {
        return ConsoleServer.withKeys();
    }

    private void signIn(String key) {
        type("API key", key);
        field("API key").sendKeys(Keys.ENTER);
    }

    @Test
    void asksForTheKeyAndShowsThePage() {
        open("#/meters", "Sign in");
        accessible();
        pictures("sign-in");

        signIn(ConsoleServer.KEY);

        heading("Meters");
        see("There are no meters yet");
        see("-H \"Authorization: Bearer $ODOMETER_KEY\"");
    }

    @Test
    void refusesAWrongKey() {
        open("#/meters", "Sign in");

        signIn("wrong");

        see("The API does not accept this key.");
        accessible();
    }

    @Test
    void refusesAKeyThatCannotRead() {
        open("#/meters", "Sign in");

        signIn(ConsoleServer.INGEST_KEY);

        see("The console needs a key with the scope read.");
    }

    @Test
    void forgetsTheKeyWhenThePageIsLoadedAgain() {
        open("#/meters", "Sign in");
        signIn(ConsoleServer.KEY);
        heading("Meters");
        see("There are no meters yet");
        assertThat(run("return document.activeElement.id")).isEqualTo("heading");

        driver().navigate().refresh();

        heading("Sign in");
    }

    @Test
    void keepsTheKeyInTheTabIfItIsAskedTo() {
        open("#/meters", "Sign in");
        field("Keep the key until this tab is closed").click();
        signIn(ConsoleServer.KEY);
        heading("Meters");

        driver().navigate().refresh();
        heading("Meters");
        click("Sign out");
        heading("Sign in");
        driver().navigate().refresh();

        heading("Sign in");
        assertThat(run("return sessionStorage.length")).isEqualTo(0L);
    }

    /** The next request has a key that the service does not accept. */
    private void revokeOnce() {
        run("const real = fetch; globalThis.fetch = (url, options) => { globalThis.fetch = real;"
                + "return real(url, {...options, headers: {...options.headers, Authorization: 'Bearer revoked'}}); }");
    }

    private void openANewChannel() {
        open("#/notifications?tab=channels", "Sign in");
        signIn(ConsoleServer.KEY);
        heading("Notifications");
        click("Create channel");
        heading("Create channel");
    }

    @Test
    void keepsAFormWhoseKeyIsRefused() {
        openANewChannel();
        type("Name", "kept");
        type("URL", "https://example.com/hook");
        revokeOnce();

        click("Create");
        heading("Sign in");
        accessible();
        signIn(ConsoleServer.KEY);

        heading("Create channel");
        assertThat(driver().getTitle()).isEqualTo("Create channel · Odometer");
        assertThat(field("Name").getDomProperty("value")).isEqualTo("kept");
        click("Create");
        see("The channel is created.");
    }

    @Test
    void keepsADialogWhoseKeyIsRefused() {
        open("#/customers", "Sign in");
        signIn(ConsoleServer.KEY);
        heading("Customers");
        click("Create customer");
        type("Name", "Kept");
        type("Key", "kept");
        revokeOnce();

        click("Create");
        heading("Sign in");
        assertThat(text()).doesNotContain("Create customer");
        signIn(ConsoleServer.KEY);

        see("Create customer");
        click("Create");
        heading("Kept");
    }

    @Test
    void keepsTheChoiceToKeepTheKey() {
        open("#/meters", "Sign in");
        field("Keep the key until this tab is closed").click();
        signIn(ConsoleServer.KEY);
        heading("Meters");
        settle();
        revokeOnce();
        click("Customers");
        heading("Sign in");

        assertThat(field("Keep the key until this tab is closed").isSelected()).isTrue();
        signIn(ConsoleServer.KEY);
        heading("Customers");
        driver().navigate().refresh();

        heading("Customers");
    }

    @Test
    void leavesThePageWithEscape() {
        openANewChannel();
        type("Name", "left");
        type("URL", "https://example.com/hook");
        revokeOnce();
        click("Create");
        heading("Sign in");

        field("API key").sendKeys(Keys.ESCAPE);
        await("no dialog", () -> Boolean.TRUE.equals(run("return document.querySelector('dialog[open]') === null")));
        signIn(ConsoleServer.KEY);

        heading("Create channel");
        assertThat(field("Name").getDomProperty("value")).isEqualTo("");
    }

    @Test
    void theKeyIsOnlyInAHeader() {
        open("#/meters", "Sign in");
        field("Keep the key until this tab is closed").click();
        signIn(ConsoleServer.KEY);
        heading("Meters");
        settle();
        click("Overview");
        heading("Overview");
        settle();

        List<String> messages = driver().manage().logs().get(LogType.PERFORMANCE).getAll().stream()
                .map(entry -> entry.getMessage())
                .toList();

        assertThat(messages).anyMatch(message -> message.contains("Bearer " + ConsoleServer.KEY));
        assertThat(messages.stream().map(message -> message.replace("Bearer " + ConsoleServer.KEY, "")))
                .noneMatch(message -> message.contains(ConsoleServer.KEY));
        assertThat(driver().getCurrentUrl()).doesNotContain(ConsoleServer.KEY);
        assertThat(run("return JSON.stringify(localStorage) + document.cookie + JSON.stringify(history.state)"))
                .asString()
                .doesNotContain(ConsoleServer.KEY);
        assertThat(text()).doesNotContain(ConsoleServer.KEY);
    }
}
