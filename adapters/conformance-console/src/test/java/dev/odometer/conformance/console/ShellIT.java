package dev.odometer.conformance.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.Actions;

/** What all pages share: navigation, focus, preferences, and errors. */
class ShellIT extends InBrowser {

    private void press(CharSequence... keys) {
        new Actions(driver()).sendKeys(keys).perform();
    }

    private String focused() {
        return driver().switchTo().activeElement().getText();
    }

    @Test
    void isUsedWithTheKeyboard() {
        open("#/overview", "Overview");

        press(Keys.TAB);
        assertThat(focused()).isEqualTo("Skip to the content");
        press(Keys.TAB, Keys.TAB, Keys.TAB);
        assertThat(focused()).isEqualTo("Meters");
        press(Keys.ENTER);
        heading("Meters");

        await(
                "the focus on the heading",
                () -> focused().equals("Meters")
                        && driver().switchTo().activeElement().getTagName().equals("h1"));
        assertThat(driver().findElement(By.cssSelector("nav [aria-current=page]"))
                        .getText())
                .isEqualTo("Meters");
        assertThat(driver().getTitle()).isEqualTo("Meters · Odometer");
    }

    @Test
    void skipsToTheContent() {
        open("#/meters", "Meters");

        press(Keys.TAB, Keys.ENTER);

        assertThat(driver().switchTo().activeElement().getTagName()).isEqualTo("h1");
        assertThat(driver().getCurrentUrl()).endsWith("#/meters");
    }

    @Test
    void goesBack() {
        open("#/overview", "Overview");
        click("Meters");
        heading("Meters");

        driver().navigate().back();

        heading("Overview");
    }

    @Test
    void saysThatAnAddressHasNoPage() {
        open("#/constructor", "Page not found");

        see("No page has this address");
        accessible();
    }

    @Test
    void keepsThemeAndZone() {
        open("#/meters", "Meters");

        choose("Theme", "Dark");
        choose("Time zone", "Asia/Tokyo");
        driver().navigate().refresh();
        heading("Meters");

        assertThat(run("return getComputedStyle(document.documentElement).colorScheme"))
                .isEqualTo("dark");
        assertThat(run("return localStorage.getItem('odometer.zone')")).isEqualTo("Asia/Tokyo");
        assertThat(run("return Object.keys(localStorage).sort().join()")).isEqualTo("odometer.theme,odometer.zone");
    }

    @Test
    void keepsAFormWhenTheZoneChanges() {
        choosesBerlin();
        open("#/notifications/channels/new", "Create channel");
        type("Name", "kept");
        type("URL", "https://example.com/hook");

        choose("Time zone", "Asia/Tokyo");

        assertThat(field("Name").getDomProperty("value")).isEqualTo("kept");
        assertThat(field("URL").getDomProperty("value")).isEqualTo("https://example.com/hook");
    }

    @Test
    void showsTimesInTheChosenZone() {
        choosesBerlin();
        api(
                "POST",
                "/api/v1/events",
                "{\"specversion\":\"1.0\",\"id\":\"zone\",\"source\":\"test\",\"type\":\"zone\",\"subject\":\"zone\","
                        + "\"time\":\"2026-01-15T12:34:56Z\"}");
        open("#/events?type=zone", "Events");
        see("1:34:56 PM");

        choose("Time zone", "Asia/Tokyo");

        see("9:34:56 PM");
        seeNot("1:34:56 PM");
    }

    private void choosesBerlin() {
        open("#/meters", "Meters");
        choose("Time zone", "Europe/Berlin");
    }

    @Test
    void opensTheMenuOnAPhone() {
        phone();
        open("#/overview", "Overview");

        click("Menu");
        pictures("menu");
        phone();
        click("Meters");

        heading("Meters");
        driver().executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
    }

    @Test
    void keepsWhatWasThereWhenTheServiceFails() {
        api("POST", "/api/v1/meters", "{\"slug\":\"kept\",\"aggregation\":\"COUNT\",\"eventType\":\"kept\"}");
        open("#/meters/kept?zone=UTC", "kept");
        see("No event of this type is stored yet.");
        block(List.of("*/query*"));

        choose("Window", "Hour");

        see("then try again. The data shown is from an earlier request.");
        see("No event of this type is stored yet.");
        accessible();
        block(List.of());
        click("Try again");
        seeNot("The API does not respond");
    }

    /** Such as of a static host that does not route the API. */
    @Test
    void saysThatAnAnswerIsNotJson() {
        open("#/overview", "Overview");
        run("globalThis.fetch = async () => new Response('<html></html>', {headers: {'Content-Type': 'text/html'}})");

        click("Meters");

        see("The answer is not JSON. Check that the server of this page routes /api/* to the service.");
    }

    private void block(List<String> addresses) {
        driver().executeCdpCommand("Network.enable", Map.of());
        driver().executeCdpCommand("Network.setBlockedURLs", Map.of("urls", addresses));
    }

    @Test
    void everyPageOfTheNavigationOpens() {
        open("#/overview", "Overview");
        List<String> names = driver().findElements(By.cssSelector("#pages li a")).stream()
                .map(link -> link.getText())
                .filter(name -> !name.equals("API"))
                .toList();

        assertThat(names).hasSize(10);
        for (String name : names) {
            click(name);
            heading(name);
            settle();
            assertThat(text()).as(name).doesNotContain("could not be loaded", "This page could not be displayed");
        }
    }
}
