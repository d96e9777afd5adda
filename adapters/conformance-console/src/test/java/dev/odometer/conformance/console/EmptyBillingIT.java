package dev.odometer.conformance.console;

import org.junit.jupiter.api.Test;

/** The pages of customers, plans and backtests on a service without data. */
class EmptyBillingIT extends InBrowser {

    private static final class Own {
        private static final ConsoleServer SERVER = ConsoleServer.own();
    }

    @Override
    ConsoleServer server() {
        return Own.SERVER;
    }

    @Test
    void saysHowToCreateACustomer() {
        open("#/customers", "Customers");

        see("There are no customers yet");
        see(server().url() + "api/v1/customers'");
        accessible();
        pictures("customers-empty");
    }

    @Test
    void saysHowToCreateAPlan() {
        open("#/plans", "Plans");

        see("There are no plans yet");
        see(server().url() + "api/v1/plans'");
        accessible();
        pictures("plans-empty");
    }

    /** After the commands were run elsewhere. A reload of the page would lose the key. */
    @Test
    void checksAgain() {
        open("#/meters", "Meters");
        see("There are no meters yet");
        api("POST", "/api/v1/meters", "{\"slug\":\"first\",\"aggregation\":\"COUNT\",\"eventType\":\"first\"}");

        click("Check again");

        see("first first COUNT first");
    }

    @Test
    void saysWhatABacktestNeeds() {
        open("#/backtest", "Backtest");

        see("A backtest needs a plan with a price by usage");
        accessible();
        pictures("backtest-empty");
    }
}
