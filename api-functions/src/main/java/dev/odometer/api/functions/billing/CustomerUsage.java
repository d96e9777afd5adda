package dev.odometer.api.functions.billing;

import dev.odometer.api.functions.meters.MeterLookup;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.customer.Attribution;
import dev.odometer.metering.entitlement.Feature.Measure;
import dev.odometer.metering.usage.Range;
import dev.odometer.metering.usage.UsageLog;
import dev.odometer.metering.usage.UsageQuery;
import dev.odometer.metering.usage.UsageRow;
import dev.odometer.metering.usage.Window;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the usage of customers: one query for each measure and period, for all customers at once. A query aggregates by
 * customer, since values such as unique counts cannot be added over the subjects of a customer.
 */
final class CustomerUsage {

    private final MeterLookup meters;
    private final UsageLog log;
    private final Map<String, String> customerBySubject;
    private final int maxQueries;
    private final int maxQuantities;
    private final Map<Read, Map<String, BigDecimal>> byRead = new HashMap<>();
    private int quantities;

    /** @param limits how much may be read with one instance */
    CustomerUsage(MeterLookup meters, UsageLog log, List<Attribution> customers, Limits limits) {
        this.meters = meters;
        this.log = log;
        var owners = new HashMap<String, String>();
        customers.forEach(
                customer -> customer.subjects().forEach(subject -> owners.put(subject, customer.customerId())));
        this.customerBySubject = Map.copyOf(owners);
        this.maxQueries = limits.queries;
        this.maxQuantities = limits.quantities;
    }

    /**
     * Bounds of time and memory.
     *
     * @param quantities one for each customer, measure and period with usage
     */
    record Limits(int queries, int quantities) {}

    private record Read(Measure measure, Window period) {}

    /** The usage in a period, by id of customer; customers without usage are absent. */
    Map<String, BigDecimal> in(Window period, Measure measure) {
        return byRead.computeIfAbsent(new Read(measure, period), this::read);
    }

    private Map<String, BigDecimal> read(Read read) {
        if (byRead.size() >= maxQueries) {
            throw Refusal.invalid("the rate cards have more than " + maxQueries
                    + " billing periods together; use a shorter range or fewer rate cards");
        }
        var query = new UsageQuery(
                meters.liveWithId(read.measure.meterId()),
                new Range(read.period.start(), read.period.end()),
                null,
                ZoneOffset.UTC,
                null,
                customerBySubject,
                false,
                true,
                List.of(),
                read.measure.filters());
        var usage = new HashMap<String, BigDecimal>();
        // The customers bound the rows.
        for (UsageRow row : log.query(query)) {
            if (row.customerId() != null) {
                usage.put(row.customerId(), row.value());
            }
        }
        quantities += usage.size();
        if (quantities > maxQuantities) {
            throw Refusal.invalid("the usage has more than " + maxQuantities
                    + " quantities, one for each customer, rate card and billing period; use a shorter range,"
                    + " fewer rate cards or fewer customers");
        }
        return usage;
    }
}
