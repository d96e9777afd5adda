package dev.odometer.conformance.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BacktestIT extends InBrowser {

    private static final Shop SHOP = new Shop(ConsoleServer.open(), "past");
    private static String plan = "";
    private static String other = "";
    private static YearMonth month = YearMonth.of(2000, 1);

    @BeforeAll
    static void usageOfLastMonth() {
        month = YearMonth.now(ZoneOffset.UTC).minusMonths(1);
        SHOP.open();
        plan = SHOP.plan("past", "Past prices", Shop.fee("29"), SHOP.units("P1M", "{'type':'unit','amount':'0.01'}"));
        other = SHOP.plan("past_quarter", "Past by quarters", SHOP.units("P3M", "{'type':'unit','amount':'0.01'}"));
        SHOP.customer("past-acme", "Past Acme");
        SHOP.customer("past-hostile", Shop.HOSTILE);
        Instant time = month.atDay(5).atStartOfDay(ZoneOffset.UTC).toInstant();
        SHOP.usage("1", "past-acme-eu", time, 1000);
        SHOP.usage("2", "past-hostile-eu", time, 2500);
    }

    private static String address(String more) {
        return "#/backtest?plan=" + plan + "/standard&from=" + month + more;
    }

    @Test
    void comparesAnEditedPriceWithTheCurrentOne() {
        open("#/backtest", "Backtest");
        choose("New prices", "Past prices v1 (USD)");
        choose("Current prices", "Past prices v1 (USD)");
        see("Fees are not part of a backtest, so these are left out: Monthly fee.");

        type("Units, per unit", "0.008");
        click("Run backtest");

        see("past 3,500 $35.00 $28.00 -$7.00");
        see(Shop.HOSTILE + " past 2,500 $25.00 $20.00 -$5.00 Past Acme past 1,000 $10.00 $8.00 -$2.00");
        assertThat(run("return document.querySelectorAll('.down').length")).isEqualTo(4L);
        assertThat(run("return window.harmed")).isNull();
        assertThat(complaints()).isEmpty();
        assertThat(driver().getCurrentUrl())
                .contains("set=past%2Famount%3D0.008")
                .contains("run=1");
        accessible();
        pictures("backtest");
    }

    @Test
    void runsAnAddressThatWasShared() {
        open(address("&set=past/amount%3D0.02&run=1"), "Backtest");

        see("past 3,500 $70.00");
        assertThat(text()).doesNotContain("Difference");
    }

    @Test
    void saysThatChangedInputsAreNotApplied() {
        open(address("&run=1"), "Backtest");
        see("past 3,500 $35.00");

        type("Only these customers, by key", "past-acme");
        see("The inputs have changed. Run the backtest again to apply them.");
        see("past 3,500 $35.00");
        click("Run backtest");

        see("past 1,000 $10.00");
        seeNot("The inputs have changed.");
        driver().navigate().back();
        driver().navigate().back();
        see("past 3,500 $35.00");
    }

    @Test
    void computesTheMargin() {
        open(address("&kind=cost&current=" + plan + "/standard&set=past/amount%3D0.004"), "Backtest");

        click("Run backtest");

        see("Revenue Cost Margin");
        see("past 3,500 $35.00 $14.00 +$21.00");
        accessible();
        pictures("backtest-cost");
    }

    @Test
    void saysThatTheMonthHasNotEnded() {
        open(address("&run=1").replace(month.toString(), month.plusMonths(1).toString()), "Backtest");

        see("not ended");
    }

    @Test
    void explainsARefusal() {
        open(address("&run=1").replace(plan, other), "Backtest");

        see("400");
        see("must divide the range into whole periods: P3M");
        see("What a backtest needs:");
        accessible();
        pictures("backtest-refused");
        choose("Months", "3");
        click("Run backtest");
        seeNot("What a backtest needs:");
    }

    @Test
    void saysThatAnAmountIsNotANumber() {
        open(address(""), "Backtest");

        type("Units, per unit", "cheap");

        see("Enter an amount, such as 0.0009.");
        assertThat(
                        run(
                                "return [...document.querySelectorAll('button')].find(one => one.textContent === 'Run backtest').disabled"))
                .isEqualTo(true);
    }

    @Test
    void downloadsCsvWithTheSameInputs() throws Exception {
        Instant before = Instant.now().minusSeconds(5);
        open(address("&customers=past-acme&run=1"), "Backtest");

        click("Download CSV");

        await("the file", () -> downloaded(before).isPresent());
        assertThat(Files.readString(downloaded(before).orElseThrow()))
                .contains("customer_id,customer_key,customer_name,feature_key,quantity")
                .contains("past-acme,Past Acme,past,1000,,10.00,,USD")
                .doesNotContain("past-hostile");
    }

    @Test
    void saysThatThePricesOfTheAddressDoNotExist() {
        open(address("&current=" + plan + "/trial"), "Backtest");

        see("The current prices of the address are not used");
    }

    @Test
    void addsAmountsExactly() {
        open("#/backtest", "Backtest");

        Object sums = driver().executeAsyncScript(
                        "const done = arguments[0]; import(new URL('js/decimal.js', document.baseURI))"
                                + ".then(decimal => done([decimal.sum(['0.1', '0.2', '-10.05']), decimal.sum(['90071992547409.93', '0.01']),"
                                + " decimal.sum(['1', null]), decimal.compare('10', '9.99'), decimal.compare('-1.0', '-1')]), done)");

        assertThat(sums).isEqualTo(java.util.Arrays.asList("-9.75", "90071992547409.94", null, 1L, 0L));
    }

    private static Optional<Path> downloaded(Instant after) {
        try (Stream<Path> files = Files.list(Browser.downloads())) {
            return files.filter(file -> file.getFileName().toString().matches("backtest-.*\\.csv"))
                    .filter(file -> file.toFile().lastModified() > after.toEpochMilli())
                    .findFirst();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
