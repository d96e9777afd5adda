package dev.odometer.metering.imports;

import dev.odometer.functions.file.FileName;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.imports.UsageImport.Status;
import dev.odometer.metering.resource.Page;
import dev.odometer.metering.usage.Receipt;
import dev.odometer.metering.usage.UsageLog;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Imports in memory, beside a usage log in memory. Passes {@link ImportsContract}. */
public final class InMemoryImports implements Imports {

    private static final Comparator<UsageImport> NEWEST_FIRST = Comparator.comparing(UsageImport::startedAt)
            .thenComparing(UsageImport::id)
            .reversed();

    private final UsageLog log;
    private final Map<String, UsageImport> imports = new HashMap<>();
    private final Map<String, Lease> leases = new HashMap<>();
    private final Map<String, TreeMap<Long, RejectedLine>> rejected = new HashMap<>();

    public InMemoryImports(UsageLog log) {
        this.log = log;
    }

    @Override
    public synchronized Optional<UsageImport> take(String id, FileVersion file, Lease lease) {
        List<UsageImport> others = imports.values().stream()
                .filter(other -> other.file().name().equals(file.name()))
                .sorted(NEWEST_FIRST)
                .toList();
        others.stream().filter(other -> isOther(other, file)).forEach(other -> failOutdated(other, lease.now()));
        Optional<UsageImport> same =
                others.stream().filter(other -> !isOther(other, file)).findFirst();
        if (same.isPresent() && same.get().status() == Status.DONE) {
            return same;
        }
        if (same.isPresent() && isHeld(same.get(), lease)) {
            return Optional.empty();
        }
        UsageImport taken = same.filter(known -> known.status() == Status.RUNNING)
                .orElseGet(() -> newImport(same.map(UsageImport::id).orElse(id), file, others, lease));
        leases.put(taken.id(), lease);
        return Optional.of(put(taken));
    }

    private static boolean isOther(UsageImport known, FileVersion file) {
        return !known.file().version().equals(file.version());
    }

    private boolean isHeld(UsageImport known, Lease lease) {
        Lease other = leases.get(known.id());
        return other != null
                && other.until().isAfter(lease.now())
                && !other.until().isAfter(lease.latestPlausibleEnd());
    }

    @Override
    public synchronized void abandon(FileName file, String reason, Instant now) {
        imports.values().stream()
                .filter(known -> known.file().name().equals(file) && known.status() == Status.RUNNING)
                .toList()
                .forEach(known -> end(known, Status.FAILED, reason, now));
    }

    private void failOutdated(UsageImport other, Instant now) {
        if (other.status() == Status.RUNNING) {
            end(other, Status.FAILED, REPLACED_REASON, now);
        }
    }

    private UsageImport newImport(String id, FileVersion file, List<UsageImport> others, Lease lease) {
        rejected.put(id, new TreeMap<>());
        String earlier = others.stream()
                .filter(other -> isOther(other, file))
                .map(UsageImport::id)
                .findFirst()
                .orElse(null);
        return new UsageImport(
                id, file, Status.RUNNING, false, null, earlier, Progress.NONE, lease.now(), lease.now(), null);
    }

    private UsageImport put(UsageImport changed) {
        imports.put(changed.id(), changed);
        return changed;
    }

    private UsageImport end(UsageImport ending, Status status, @Nullable String reason, Instant now) {
        rejected.remove(ending.id());
        leases.remove(ending.id());
        return put(new UsageImport(
                ending.id(),
                ending.file(),
                status,
                true,
                reason,
                ending.earlierId(),
                ending.progress(),
                ending.startedAt(),
                now,
                now));
    }

    private UsageImport held(String id, Lease lease) {
        Lease current = leases.get(id);
        if (current == null || !current.holder().equals(lease.holder())) {
            throw Refusal.conflict("another run holds the lease of this import: " + id);
        }
        return find(id).orElseThrow();
    }

    @Override
    public UsageImport advance(String id, Lease lease, Step step, Runnable turn) {
        turn.run();
        return move(id, lease, step);
    }

    private synchronized UsageImport move(String id, Lease lease, Step step) {
        UsageImport before = held(id, lease);
        long isNew = log.append(step.events()).stream()
                .filter(receipt -> receipt == Receipt.RECORDED)
                .count();
        TreeMap<Long, RejectedLine> lines = rejected.computeIfAbsent(id, first -> new TreeMap<>());
        step.rejected().forEach(line -> lines.put(line.line(), line));
        leases.put(id, lease);
        return put(new UsageImport(
                id,
                before.file(),
                Status.RUNNING,
                step.ended(),
                step.reason(),
                before.earlierId(),
                before.progress().after(step, (int) isNew),
                before.startedAt(),
                lease.now(),
                null));
    }

    @Override
    public synchronized void release(String id, Lease lease) {
        if (leases.containsKey(id) && leases.get(id).holder().equals(lease.holder())) {
            leases.remove(id);
        }
    }

    @Override
    public synchronized List<RejectedLine> rejected(String id, long afterLine, int limit) {
        return rejected.getOrDefault(id, new TreeMap<>()).tailMap(afterLine, false).values().stream()
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized UsageImport finish(String id, Lease lease) {
        UsageImport ending = held(id, lease);
        return end(ending, ending.reason() == null ? Status.DONE : Status.FAILED, ending.reason(), lease.now());
    }

    @Override
    public synchronized Optional<UsageImport> find(String id) {
        return Optional.ofNullable(imports.get(id));
    }

    @Override
    public synchronized int removeFinished(Instant before, int limit) {
        List<String> old = imports.values().stream()
                .filter(known ->
                        known.finishedAt() != null && known.finishedAt().isBefore(before))
                .sorted(NEWEST_FIRST.reversed())
                .limit(limit)
                .map(UsageImport::id)
                .toList();
        old.forEach(imports::remove);
        return old.size();
    }

    @Override
    public synchronized Page<UsageImport> list(ImportSearch search) {
        List<UsageImport> all = imports.values().stream()
                .filter(known -> search.status() == null || known.status() == search.status())
                .sorted(NEWEST_FIRST)
                .toList();
        return search.page().slice(all);
    }
}
