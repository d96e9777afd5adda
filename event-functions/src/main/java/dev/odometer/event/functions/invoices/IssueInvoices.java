package dev.odometer.event.functions.invoices;

import dev.odometer.functions.binding.Timed;
import dev.odometer.functions.schedule.Tick;
import dev.odometer.metering.invoice.BillingSettings;
import dev.odometer.metering.invoice.Invoices;
import java.time.Clock;
import java.util.function.Consumer;

/** Collects the usage of drafts whose collection time has passed, and issues the drafts that need no approval. */
public final class IssueInvoices implements Consumer<Timed<Tick>> {

    /** The name of the function, its schedule and its bean. */
    public static final String NAME = "issueInvoices";

    private final Invoices invoices;
    private final BillingSettings settings;
    private final Clock clock;

    public IssueInvoices(Invoices invoices, BillingSettings settings, Clock clock) {
        this.invoices = invoices;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public void accept(Timed<Tick> tick) {
        Batches.untilDone(tick.deadline(), size -> invoices.collectDue(settings.due(clock.instant()), size));
        Batches.untilDone(tick.deadline(), size -> invoices.issueDue(clock.instant(), size));
    }
}
