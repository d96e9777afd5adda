package dev.odometer.event.functions.invoices;

import dev.odometer.functions.schedule.Schedule;
import dev.odometer.functions.schedule.Schedules;
import dev.odometer.functions.setting.Settings;
import dev.odometer.metering.invoice.BillingSettings;
import dev.odometer.metering.invoice.Invoices;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Drafting and issuing of invoices by schedule. */
@AutoConfiguration
public class InvoicesModule {

    private final Settings settings;

    InvoicesModule(Environment environment) {
        this.settings = new Settings(environment::getProperty);
    }

    /** Enabled unless {@code odometer.billing.invoice} is {@code false}. */
    @Bean
    Schedules invoiceSchedules() {
        boolean isEnabled = settings.flag("odometer.billing.invoice", true);
        return new Schedules(
                isEnabled
                        ? Stream.of(DraftInvoices.NAME, IssueInvoices.NAME)
                                .map(name -> new Schedule(name, "* * * * *", ZoneOffset.UTC, name))
                                .toList()
                        : List.of());
    }

    @Bean(DraftInvoices.NAME)
    DraftInvoices draftInvoices(Invoices invoices, Clock clock) {
        return new DraftInvoices(invoices, BillingSettings.from(settings), clock);
    }

    @Bean(IssueInvoices.NAME)
    IssueInvoices issueInvoices(Invoices invoices, Clock clock) {
        return new IssueInvoices(invoices, BillingSettings.from(settings), clock);
    }
}
