package dev.odometer.metering.customer;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Subject entries in memory. Passes {@link SubjectsContract}. */
public final class InMemorySubjects implements Subjects {

    private final Map<String, Subject> byKey = new TreeMap<>();

    @Override
    public synchronized List<Subject> list(int limit, long offset) {
        return byKey.values().stream().skip(offset).limit(limit).toList();
    }

    @Override
    public synchronized Optional<Subject> find(String idOrKey) {
        return Optional.ofNullable(byKey.get(idOrKey))
                .or(() -> byKey.values().stream()
                        .filter(s -> s.id().equals(idOrKey))
                        .findFirst());
    }

    @Override
    public synchronized List<Subject> find(Collection<String> keys) {
        return byKey.values().stream().filter(s -> keys.contains(s.key())).toList();
    }

    @Override
    public synchronized void put(List<Subject> subjects) {
        subjects.forEach(subject -> byKey.put(subject.key(), subject));
    }

    @Override
    public synchronized void addMissing(List<Subject> subjects) {
        subjects.forEach(subject -> byKey.putIfAbsent(subject.key(), subject));
    }

    @Override
    public synchronized boolean remove(String idOrKey) {
        Optional<Subject> subject = find(idOrKey);
        subject.ifPresent(s -> byKey.remove(s.key()));
        return subject.isPresent();
    }
}
