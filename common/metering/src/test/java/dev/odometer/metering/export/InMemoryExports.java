package dev.odometer.metering.export;

import dev.odometer.metering.export.Export.Status;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Exports in memory. Passes {@link ExportsContract}. */
public final class InMemoryExports implements Exports {

    private final NavigableMap<String, Export> exports = new TreeMap<>();

    @Override
    public synchronized Export add(Export export) {
        Optional<Export> equal = exports.values().stream()
                .filter(kept -> kept.request().equals(export.request()))
                .findFirst();
        equal.ifPresentOrElse(kept -> {}, () -> exports.put(export.id(), export));
        return equal.orElse(export);
    }

    @Override
    public synchronized Optional<Export> find(String id) {
        return Optional.ofNullable(exports.get(id));
    }

    @Override
    public synchronized List<Export> list(@Nullable String before, int limit) {
        return (before == null ? exports : exports.headMap(before, false))
                .descendingMap().values().stream().limit(limit).toList();
    }

    @Override
    public synchronized Optional<Export> nextPending() {
        return exports.values().stream()
                .filter(export -> export.status() == Status.PENDING)
                .min(Comparator.comparing(Export::attempts).thenComparing(Export::id));
    }

    @Override
    public synchronized void replace(Export export) {
        exports.replace(export.id(), export);
    }

    @Override
    public synchronized int removeFinished(Instant before, int limit) {
        List<String> old = exports.values().stream()
                .filter(export ->
                        export.finishedAt() != null && export.finishedAt().isBefore(before))
                .map(Export::id)
                .limit(limit)
                .toList();
        old.forEach(exports::remove);
        return old.size();
    }
}
