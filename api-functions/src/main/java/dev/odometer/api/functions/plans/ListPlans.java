package dev.odometer.api.functions.plans;

import dev.odometer.api.functions.input.Bounds;
import dev.odometer.api.functions.pricing.TermsCheck;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.pricing.Plan;
import dev.odometer.metering.pricing.PlanSearch;
import dev.odometer.metering.pricing.Plans;
import dev.odometer.metering.resource.Page;
import dev.odometer.metering.resource.PageRequest;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lists plan versions, ordered by id by default. */
public final class ListPlans implements Function<ListPlans.Input, Page<PlanView>> {

    private static final int MAX_VALUES = 100;
    private static final Map<String, PlanSearch.Order> ORDERS = Map.of(
            "id", PlanSearch.Order.ID,
            "key", PlanSearch.Order.KEY,
            "version", PlanSearch.Order.VERSION,
            "created_at", PlanSearch.Order.CREATED_AT,
            "updated_at", PlanSearch.Order.UPDATED_AT);
    private static final Map<String, Plan.Status> STATUSES = Map.of(
            "draft", Plan.Status.DRAFT,
            "active", Plan.Status.ACTIVE,
            "archived", Plan.Status.ARCHIVED,
            "scheduled", Plan.Status.SCHEDULED);

    private final Plans plans;
    private final TermsCheck check;
    private final Clock clock;

    public ListPlans(Plans plans, TermsCheck check, Clock clock) {
        this.plans = plans;
        this.check = check;
        this.clock = clock;
    }

    /**
     * The filters and the page; lists have at most 100 values and match all when absent. A version matches when one of
     * {@code id}, {@code key} and {@code keyVersion} does, and all other filters do.
     *
     * @param keyVersion numbers of versions by key
     * @param status draft, active, archived or scheduled
     * @param currency ISO 4217 codes
     * @param page from 1
     * @param pageSize 1 to 1,000; 100 when absent
     * @param order ASC or DESC
     * @param orderBy id, key, version, created_at or updated_at
     */
    public record Input(
            @Nullable Boolean includeDeleted,
            @Nullable List<@Nullable String> id,
            @Nullable List<@Nullable String> key,
            @Nullable Map<String, List<@Nullable Integer>> keyVersion,
            @Nullable List<@Nullable String> status,
            @Nullable List<@Nullable String> currency,
            @Nullable Integer page,
            @Nullable Integer pageSize,
            @Nullable String order,
            @Nullable String orderBy) {}

    @Override
    public Page<PlanView> apply(Input input) {
        Set<Plan.Status> statuses = Bounds.texts("status", input.status, MAX_VALUES).stream()
                .map(status -> Bounds.choice("status", status, STATUSES))
                .collect(Collectors.toSet());
        var search = new PlanSearch(
                Bounds.texts("id", input.id, MAX_VALUES),
                Bounds.texts("key", input.key, MAX_VALUES),
                versions(input.keyVersion),
                statuses,
                Bounds.texts("currency", input.currency, MAX_VALUES),
                Boolean.TRUE.equals(input.includeDeleted),
                clock.instant(),
                Bounds.choice("orderBy", Objects.requireNonNullElse(input.orderBy, "id"), ORDERS),
                Bounds.isDescending(input.order),
                PageRequest.of(input.page, input.pageSize));
        return plans.list(search).mapAll(new PlanViews(check, clock)::of);
    }

    private static Map<String, Set<Integer>> versions(@Nullable Map<String, List<@Nullable Integer>> given) {
        var versions = new HashMap<String, Set<Integer>>();
        (given == null ? Map.<String, List<@Nullable Integer>>of() : given).forEach((key, numbers) -> {
            String field = "keyVersion[" + Refusal.quote(key) + "]";
            var distinct = new HashSet<Integer>();
            for (Integer number : numbers) {
                distinct.add(Bounds.within(field, Bounds.required(field, number), 1, Integer.MAX_VALUE));
            }
            versions.put(key, distinct);
        });
        int count = versions.values().stream().mapToInt(Set::size).sum();
        if (count > MAX_VALUES) {
            throw Refusal.invalid("keyVersion must have at most " + MAX_VALUES + " versions: " + count);
        }
        return versions;
    }
}
