package dev.odometer.postgres.pricing;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.pricing.Plan;
import dev.odometer.metering.pricing.PlanSearch;
import dev.odometer.metering.pricing.Plans;
import dev.odometer.metering.resource.Page;
import dev.odometer.postgres.jdbc.Conditions;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Locks;
import dev.odometer.postgres.jdbc.Micros;
import dev.odometer.postgres.jdbc.Rows;
import dev.odometer.postgres.jdbc.Texts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Plans in PostgreSQL. Every change takes the lock of the key, then reads the version again. */
public final class PostgresPlans implements Plans {

    private static final String INSERT = """
            insert into plan (id, key, version, name, description, metadata, currency, billing_cadence,
                prorates_prices, settlement_mode, phases, created_at, updated_at)
            values (:id, :key, (select coalesce(max(version), 0) + 1 from plan where key = :key), :name, :description,
                :metadata, :currency, :billingCadence, :proratesPrices, :settlementMode, :phases, :createdAt,
                :updatedAt)
            returning *
            """;
    private static final String UPDATE = """
            update plan set name = :name, description = :description, metadata = :metadata,
                billing_cadence = :billingCadence, prorates_prices = :proratesPrices,
                settlement_mode = :settlementMode, phases = :phases, updated_at = :updatedAt
            where id = :id
            """;
    /** A version that was published by a process whose clock is ahead ends when it starts. */
    private static final String END = """
            update plan set effective_to = greatest(:at, effective_from), updated_at = :at
            where key = :key and effective_from is not null and effective_to is null and deleted_at is null
            """;

    private final Database database;

    public PostgresPlans(Database database) {
        this.database = database;
    }

    @Override
    public Page<Plan> list(PlanSearch search) {
        var conditions = new Conditions();
        if (!search.includeDeleted()) {
            conditions.add("deleted_at is null");
        }
        addChoice(conditions, search);
        conditions.any(List.copyOf(search.currencies()), "currency");
        if (!search.statuses().isEmpty()) {
            String now = conditions.parameter(Micros.of(search.now()));
            conditions.add(anyOf(search.statuses().stream()
                    .map(status -> condition(status, now))
                    .toList()));
        }
        String column = search.order().name().toLowerCase(Locale.ROOT);
        String order = column + (search.descending() ? " desc, id desc" : ", id");
        return new Rows<>("*", "plan", order, StoredPlan::of).page(database, conditions, search.page());
    }

    private static void addChoice(Conditions conditions, PlanSearch search) {
        var choice = new ArrayList<String>();
        addTexts(choice, conditions, "id", search.ids());
        addTexts(choice, conditions, "key", search.keys());
        if (!search.versions().isEmpty()) {
            var keys = new ArrayList<String>();
            var versions = new ArrayList<Integer>();
            search.versions()
                    .forEach((key, numbers) -> numbers.forEach(number -> {
                        keys.add(Texts.key(key));
                        versions.add(number);
                    }));
            choice.add("(key, version) in (select * from unnest(" + conditions.parameter(keys.toArray(String[]::new))
                    + "::text[], " + conditions.parameter(versions.toArray(Integer[]::new)) + "::int[]))");
        }
        if (!choice.isEmpty()) {
            conditions.add(anyOf(choice));
        }
    }

    private static void addTexts(List<String> choice, Conditions conditions, String column, Set<String> texts) {
        if (!texts.isEmpty()) {
            choice.add(column + " = any (" + conditions.parameter(Texts.keys(texts)) + ")");
        }
    }

    private static String anyOf(List<String> conditions) {
        return conditions.stream().collect(Collectors.joining(" or ", "(", ")"));
    }

    /** The condition of {@link Plan#status} at the time. */
    private static String condition(Plan.Status status, String now) {
        return switch (status) {
            case DRAFT -> "effective_from is null";
            case ARCHIVED -> "effective_to <= " + now;
            case ACTIVE -> active(now);
            case SCHEDULED -> "(effective_from > " + now + " and (effective_to is null or effective_to > " + now + "))";
        };
    }

    private static String active(String now) {
        return "(effective_from <= " + now + " and (effective_to is null or effective_to > " + now + "))";
    }

    @Override
    public Optional<Plan> find(String id) {
        return database.read(() -> byId(id));
    }

    private Optional<Plan> byId(String id) {
        return first(" where id = :id", Map.of("id", Texts.key(id)));
    }

    private Optional<Plan> first(String where, Map<String, Object> parameters) {
        return database.sql()
                .sql("select * from plan" + where)
                .params(parameters)
                .query((row, n) -> StoredPlan.of(row))
                .optional();
    }

    @Override
    public Optional<Plan> findByKey(String key, Choice choice) {
        String live = " where key = :key and deleted_at is null";
        String text = Texts.key(key);
        return database.read(() -> {
            if (choice instanceof Choice.Active active) {
                return first(live + " and " + active(":at"), Map.of("key", text, "at", Micros.of(active.at())));
            }
            return choice instanceof Choice.Numbered numbered
                    ? first(live + " and version = :version", Map.of("key", text, "version", numbered.version()))
                    : first(live + " order by version desc limit 1", Map.of("key", text));
        });
    }

    @Override
    public Plan add(Plan draft) {
        return database.write(() -> {
            lock(draft.key());
            if (hasDraft(draft.key())) {
                throw Refusal.invalid(
                        "only a single draft version is allowed for Plan; update, publish or delete the draft: "
                                + draft.key());
            }
            return database.sql()
                    .sql(INSERT)
                    .params(StoredPlan.columns(draft))
                    .param("key", draft.key())
                    .param("currency", draft.terms().currency().getCurrencyCode())
                    .param("createdAt", Micros.of(draft.createdAt()))
                    .query((row, n) -> StoredPlan.of(row))
                    .single();
        });
    }

    private void lock(String key) {
        database.sql()
                .sql("select pg_advisory_xact_lock(:plans, hashtext(:key))")
                .param("plans", Locks.PLAN_KEYS)
                .param("key", key)
                .query(row -> {});
    }

    private boolean hasDraft(String key) {
        return database.sql()
                .sql("select exists (select from plan where key = :key and effective_from is null"
                        + " and deleted_at is null)")
                .param("key", key)
                .query(Boolean.class)
                .single();
    }

    /** The version as it is while its key is locked. */
    private Plan locked(String id) {
        byId(id).ifPresent(plan -> lock(plan.key()));
        return byId(id).filter(plan -> !plan.isDeleted())
                .orElseThrow(() -> Refusal.notFound("plan not found: " + Refusal.quote(id)));
    }

    private Plan lockedDraft(String id, Instant now) {
        Plan plan = locked(id);
        plan.requireStatus(Plan.Status.DRAFT, now);
        return plan;
    }

    @Override
    public void update(Plan draft) {
        database.write(() -> {
            lockedDraft(draft.id(), draft.updatedAt());
            return database.sql().sql(UPDATE).params(StoredPlan.columns(draft)).update();
        });
    }

    @Override
    public Plan publish(Plan checked, Instant at) {
        return database.write(() -> {
            Plan draft = lockedDraft(checked.id(), at);
            draft.requireUnchanged(checked);
            database.sql()
                    .sql(END)
                    .param("at", Micros.of(at))
                    .param("key", draft.key())
                    .update();
            return changed("effective_from = :at", draft.id(), at);
        });
    }

    @Override
    public Plan archive(String id, Instant at) {
        return database.write(() -> {
            locked(id).requireStatus(Plan.Status.ACTIVE, at);
            return changed("effective_to = :at", id, at);
        });
    }

    @Override
    public void delete(String id, Instant at) {
        database.write(() -> {
            locked(id).requireNotActive(at);
            return changed("deleted_at = :at", id, at);
        });
    }

    private Plan changed(String assignment, String id, Instant at) {
        return database.sql()
                .sql("update plan set " + assignment + ", updated_at = :at where id = :id returning *")
                .param("at", Micros.of(at))
                .param("id", id)
                .query((row, n) -> StoredPlan.of(row))
                .single();
    }
}
