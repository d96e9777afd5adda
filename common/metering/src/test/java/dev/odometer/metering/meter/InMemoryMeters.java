package dev.odometer.metering.meter;

import dev.odometer.functions.refusal.Refusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Meters in memory. Passes {@link MetersContract}. */
public final class InMemoryMeters implements Meters {

    private final Map<String, Meter> byId = new LinkedHashMap<>();

    @Override
    public synchronized List<Meter> list(boolean includeDeleted) {
        return byId.values().stream()
                .filter(m -> includeDeleted || !m.isDeleted())
                .toList();
    }

    @Override
    public synchronized Optional<Meter> find(String idOrSlug) {
        return Optional.ofNullable(byId.get(idOrSlug))
                .or(() -> list(false).stream()
                        .filter(m -> m.slug().equals(idOrSlug))
                        .findFirst());
    }

    @Override
    public synchronized void add(Meter meter) {
        if (list(false).stream().anyMatch(m -> m.slug().equals(meter.slug()))) {
            throw Refusal.conflict("meter with the same slug already exists");
        }
        long count = list(false).stream()
                .filter(m -> m.eventType().equals(meter.eventType()))
                .count();
        if (count >= MAX_PER_EVENT_TYPE) {
            throw Meters.tooMany(meter.eventType(), MAX_PER_EVENT_TYPE);
        }
        byId.put(meter.id(), meter);
    }

    @Override
    public synchronized void replace(Meter meter) {
        if (list(false).stream().noneMatch(m -> m.id().equals(meter.id()))) {
            throw Refusal.notFound("meter not found: " + meter.id());
        }
        byId.put(meter.id(), meter);
    }
}
