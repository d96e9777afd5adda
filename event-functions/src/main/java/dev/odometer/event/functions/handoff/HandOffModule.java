package dev.odometer.event.functions.handoff;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.StartRefusal;
import dev.odometer.functions.schedule.Schedule;
import dev.odometer.functions.schedule.Schedules;
import dev.odometer.functions.schedule.WakeUp;
import dev.odometer.functions.text.Rfc3339;
import dev.odometer.metering.customer.Customers;
import dev.odometer.metering.handoff.HandOffs;
import dev.odometer.metering.handoff.InvoiceCourier;
import dev.odometer.metering.invoice.Invoices;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * The hand-off of invoices to the payment provider of an adapter. Enabled by the setting {@code
 * odometer.billing.hand-off-from}.
 */
@AutoConfiguration
public class HandOffModule {

    private static final String FROM = "odometer.billing.hand-off-from";

    private final ObjectProvider<InvoiceCourier> courier;
    private final ObjectProvider<WakeUp> timer;
    private final @Nullable Instant issuedFrom;

    HandOffModule(ObjectProvider<InvoiceCourier> courier, ObjectProvider<WakeUp> timer, Environment environment) {
        this.courier = courier;
        this.timer = timer;
        this.issuedFrom = issuedFrom(environment.getProperty(FROM, "").strip());
    }

    /** No default: with one, the first start would hand over invoices that were paid in another way. */
    private static @Nullable Instant issuedFrom(String setting) {
        Instant time = Rfc3339.parse(setting);
        if (time == null && !setting.isEmpty()) {
            throw new StartRefusal(
                    FROM + " must be a time such as 2026-11-01T00:00:00Z, but is: " + Refusal.quote(setting));
        }
        return time;
    }

    @Bean
    Schedules handOffSchedules() {
        return new Schedules(
                issuedFrom == null
                        ? List.of()
                        : List.of(new Schedule(
                                HandOverInvoices.NAME, "* * * * *", ZoneOffset.UTC, HandOverInvoices.NAME)));
    }

    @Bean(HandOverInvoices.NAME)
    HandOverInvoices handOverInvoices(HandOffs handOffs, Invoices invoices, Customers customers, Clock clock) {
        var dispatcher = new HandOffDispatcher(
                new HandOffDispatcher.Stores(handOffs, invoices, customers),
                () -> Optional.ofNullable(courier.getIfAvailable()),
                HandOffRetries.jittered(),
                clock);
        return new HandOverInvoices(handOffs, dispatcher, issuedFrom, () -> timer.getIfAvailable(() -> WakeUp.NONE));
    }
}
