package dev.odometer.event.functions.invoices;

import dev.odometer.functions.binding.Timed;
import dev.odometer.functions.schedule.Tick;
import dev.odometer.metering.invoice.BillingSettings;
import dev.odometer.metering.invoice.Invoices;
import java.time.Clock;
import java.util.function.Consumer;

/** Drafts the invoices that are due. A repeated call finds nothing left to bill. */
public final class DraftInvoices implements Consumer<Timed<Tick>> {

    /** The name of the function, its schedule and its bean. */
    public static final String NAME = "draftInvoices";

    private final Invoices invoices;
    private final BillingSettings settings;
    private final Clock clock;

    public DraftInvoices(Invoices invoices, BillingSettings settings, Clock clock) {
        this.invoices = invoices;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public void accept(Timed<Tick> tick) {
        Batches.untilDone(tick.deadline(), size -> invoices.settleDue(settings.due(clock.instant()), size));
    }
}
