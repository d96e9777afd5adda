package dev.odometer.metering.pricing;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.resource.Lifecycle;
import dev.odometer.metering.resource.Page;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Plans in memory. Passes {@link PlansContract}. */
public final class InMemoryPlans implements Plans {

    private final Map<String, Plan> byId = new LinkedHashMap<>();

    @Override
    public synchronized Page<Plan> list(PlanSearch search) {
        Comparator<Plan> order = switch (search.order()) {
            case ID -> Comparator.comparing(Plan::id);
            case KEY -> Comparator.comparing(Plan::key);
            case VERSION -> Comparator.comparing(Plan::version);
            case CREATED_AT -> Comparator.comparing(Plan::createdAt);
            case UPDATED_AT -> Comparator.comparing(Plan::updatedAt);
        };
        order = order.thenComparing(Plan::id);
        List<Plan> found = byId.values().stream()
                .filter(plan -> search.includeDeleted() || !plan.isDeleted())
                .filter(plan -> isChosen(plan, search))
                .filter(plan -> search.statuses().isEmpty() || search.statuses().contains(plan.status(search.now())))
                .filter(plan -> search.currencies().isEmpty()
                        || search.currencies().contains(plan.terms().currency().getCurrencyCode()))
                .sorted(search.descending() ? order.reversed() : order)
                .toList();
        return search.page().slice(found);
    }

    private static boolean isChosen(Plan plan, PlanSearch search) {
        boolean isAny = search.ids().isEmpty()
                && search.keys().isEmpty()
                && search.versions().isEmpty();
        Set<Integer> versions = search.versions().getOrDefault(plan.key(), Set.of());
        return isAny
                || search.ids().contains(plan.id())
                || search.keys().contains(plan.key())
                || versions.contains(plan.version());
    }

    @Override
    public synchronized Optional<Plan> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    @Override
    public synchronized Optional<Plan> findByKey(String key, Choice choice) {
        if (choice instanceof Choice.Active active) {
            return live(key)
                    .filter(plan -> plan.status(active.at()) == Plan.Status.ACTIVE)
                    .findFirst();
        }
        return choice instanceof Choice.Numbered numbered
                ? live(key).filter(plan -> plan.version() == numbered.version()).findFirst()
                : live(key).max(Comparator.comparing(Plan::version));
    }

    private Stream<Plan> live(String key) {
        return ofKey(key).filter(plan -> !plan.isDeleted());
    }

    private Stream<Plan> ofKey(String key) {
        return byId.values().stream().filter(plan -> plan.key().equals(key));
    }

    @Override
    public synchronized Plan add(Plan draft) {
        if (live(draft.key()).anyMatch(plan -> plan.effective() == null)) {
            throw Refusal.invalid(
                    "only a single draft version is allowed for Plan; update, publish or delete the draft: "
                            + draft.key());
        }
        int version = 1 + ofKey(draft.key()).mapToInt(Plan::version).max().orElse(0);
        return put(new Plan(draft.id(), draft.label(), version, draft.terms(), null, draft.lifecycle()));
    }

    private Plan put(Plan plan) {
        byId.put(plan.id(), plan);
        return plan;
    }

    private Plan present(String id) {
        return find(id).filter(plan -> !plan.isDeleted())
                .orElseThrow(() -> Refusal.notFound("plan not found: " + Refusal.quote(id)));
    }

    @Override
    public synchronized void update(Plan draft) {
        Plan plan = present(draft.id());
        plan.requireStatus(Plan.Status.DRAFT, draft.updatedAt());
        put(plan.revised(draft.label(), draft.terms(), draft.updatedAt()));
    }

    @Override
    public synchronized Plan publish(Plan checked, Instant at) {
        Plan draft = present(checked.id());
        draft.requireStatus(Plan.Status.DRAFT, at);
        draft.requireUnchanged(checked);
        live(draft.key())
                .filter(plan -> plan.effective() != null && plan.effective().to() == null)
                .toList()
                .forEach(active -> ended(active, at));
        return put(with(draft, new Plan.Effective(at, null), draft.lifecycle().changed(at)));
    }

    private Plan ended(Plan plan, Instant at) {
        Instant from = plan.effective() == null ? at : plan.effective().from();
        Instant to = at.isBefore(from) ? from : at;
        return put(with(plan, new Plan.Effective(from, to), plan.lifecycle().changed(at)));
    }

    private static Plan with(Plan plan, Plan.@Nullable Effective effective, Lifecycle lifecycle) {
        return new Plan(plan.id(), plan.label(), plan.version(), plan.terms(), effective, lifecycle);
    }

    @Override
    public synchronized Plan archive(String id, Instant at) {
        Plan plan = present(id);
        plan.requireStatus(Plan.Status.ACTIVE, at);
        return ended(plan, at);
    }

    @Override
    public synchronized void delete(String id, Instant at) {
        Plan plan = present(id);
        plan.requireNotActive(at);
        put(with(plan, plan.effective(), plan.lifecycle().deleted(at)));
    }
}
