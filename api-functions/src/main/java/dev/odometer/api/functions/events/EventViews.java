package dev.odometer.api.functions.events;

import dev.odometer.metering.customer.Customers;
import dev.odometer.metering.meter.MeterReader;
import dev.odometer.metering.meter.Meters;
import dev.odometer.metering.meter.Reading;
import dev.odometer.metering.usage.RecordedEvent;
import dev.odometer.metering.usage.UsageEvent;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Shows stored events with their attribution and validation errors according to the current meters and customers. */
public final class EventViews {

    private final Meters meters;
    private final Customers customers;

    public EventViews(Meters meters, Customers customers) {
        this.meters = meters;
        this.customers = customers;
    }

    /** The events, in the same order. */
    public List<EventView> of(List<RecordedEvent> events) {
        if (events.isEmpty()) {
            return List.of();
        }
        Map<String, List<MeterReader>> readers = meters.list(false).stream()
                .map(MeterReader::new)
                .collect(Collectors.groupingBy(reader -> reader.meter().eventType()));
        Map<String, String> owners = customers.idsBySubject(
                events.stream().map(recorded -> recorded.event().subject()).collect(Collectors.toSet()));
        return events.stream()
                .map(recorded -> view(
                        recorded,
                        readers.getOrDefault(recorded.event().type(), List.of()),
                        owners.get(recorded.event().subject())))
                .toList();
    }

    private static EventView view(RecordedEvent recorded, List<MeterReader> readers, @Nullable String customerId) {
        Set<String> reasons = reasons(recorded.event(), readers, customerId);
        return new EventView(
                asSent(recorded.event()),
                customerId,
                recorded.recordedAt(),
                recorded.recordedAt(),
                reasons.isEmpty() ? null : String.join("\n", reasons));
    }

    private static Set<String> reasons(UsageEvent event, List<MeterReader> readers, @Nullable String customerId) {
        var reasons = new LinkedHashSet<String>();
        if (readers.isEmpty()) {
            reasons.add("no meter found for event type: " + event.type());
        }
        for (MeterReader reader : readers) {
            // An event before a meter's start is valid; the meter just does not count it.
            if (reader.meter().covers(event.happenedAt())
                    && reader.read(event.data()) instanceof Reading.Skipped skipped) {
                reasons.add(skipped.reason());
            }
        }
        if (customerId == null) {
            reasons.add("no customer found for event subject: " + event.subject());
        }
        return reasons;
    }

    /** The content type is present exactly when data is: clients rely on both or neither. */
    private static UsageEvent asSent(UsageEvent event) {
        String type = event.datacontenttype() == null ? "application/json" : event.datacontenttype();
        return new UsageEvent(
                event.specversion(),
                event.id(),
                event.source(),
                event.type(),
                event.subject(),
                event.time(),
                event.data() == null ? null : type,
                event.dataschema(),
                event.data());
    }
}
