package dev.odometer.api.functions;

import dev.odometer.api.functions.customers.CreateCustomer;
import dev.odometer.api.functions.customers.CustomerLookup;
import dev.odometer.api.functions.customers.CustomerSubjectEntries;
import dev.odometer.api.functions.customers.DeleteCustomer;
import dev.odometer.api.functions.customers.DeleteSubject;
import dev.odometer.api.functions.customers.GetCustomer;
import dev.odometer.api.functions.customers.GetSubject;
import dev.odometer.api.functions.customers.ListCustomers;
import dev.odometer.api.functions.customers.ListSubjects;
import dev.odometer.api.functions.customers.UpdateCustomer;
import dev.odometer.api.functions.customers.UpsertSubjects;
import dev.odometer.api.functions.events.EventViews;
import dev.odometer.api.functions.events.IngestEvents;
import dev.odometer.api.functions.events.ListEvents;
import dev.odometer.api.functions.events.ListEventsV2;
import dev.odometer.api.functions.exports.ExportUsage;
import dev.odometer.api.functions.exports.GetExport;
import dev.odometer.api.functions.exports.ListExports;
import dev.odometer.api.functions.imports.GetImport;
import dev.odometer.api.functions.imports.ListImports;
import dev.odometer.api.functions.meters.CreateMeter;
import dev.odometer.api.functions.meters.DeclaredMeters;
import dev.odometer.api.functions.meters.DeleteMeter;
import dev.odometer.api.functions.meters.GetMeter;
import dev.odometer.api.functions.meters.ListMeterGroupByValues;
import dev.odometer.api.functions.meters.ListMeterSubjects;
import dev.odometer.api.functions.meters.ListMeters;
import dev.odometer.api.functions.meters.MeterLookup;
import dev.odometer.api.functions.meters.UpdateMeter;
import dev.odometer.api.functions.usage.QueryUsage;
import dev.odometer.api.functions.usage.QueryUsageV3;
import dev.odometer.functions.file.FileStore;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.StartRefusal;
import dev.odometer.functions.route.Routes;
import dev.odometer.functions.schedule.WakeUp;
import dev.odometer.metering.customer.Customers;
import dev.odometer.metering.customer.Subjects;
import dev.odometer.metering.entitlement.Entitlements;
import dev.odometer.metering.export.Exports;
import dev.odometer.metering.imports.Imports;
import dev.odometer.metering.meter.MeterDraft;
import dev.odometer.metering.meter.Meters;
import dev.odometer.metering.resource.MicrosecondClock;
import dev.odometer.metering.resource.Ulid;
import dev.odometer.metering.usage.UsageIntake;
import dev.odometer.metering.usage.UsageLog;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Environment;

/** The functions of this module, by the names that routes call them; the ports they need come from an adapter. */
@AutoConfiguration
public class ApiFunctions {

    private static final String DIRECT = "direct";
    /** As a property or as an environment variable. */
    private static final Pattern METERS = Pattern.compile("odometer[._]meters", Pattern.CASE_INSENSITIVE);

    @Bean
    @ConditionalOnMissingBean
    public Clock clock() {
        return MicrosecondClock.utc();
    }

    @Bean
    public Routes apiRoutes() {
        return ApiRoutes.routes();
    }

    /** Straight into the log, unless an adapter has the way that {@code odometer.ingest} names. */
    @Bean
    @ConditionalOnMissingBean
    public UsageIntake usageIntake(UsageLog log, Environment environment) {
        String way = environment.getProperty("odometer.ingest", DIRECT);
        if (!way.equals(DIRECT)) {
            throw new StartRefusal("odometer.ingest: nothing here knows the way " + way);
        }
        return log::append;
    }

    @Bean
    public IngestEvents ingestEvents(UsageIntake intake, Clock clock) {
        return new IngestEvents(intake, clock);
    }

    @Bean
    public ListEvents listEvents(UsageLog log, Meters meters, Customers customers, Clock clock) {
        return new ListEvents(log, new EventViews(meters, customers), new CustomerLookup(customers), clock);
    }

    @Bean
    public ListEventsV2 listEventsV2(UsageLog log, Meters meters, Customers customers) {
        return new ListEventsV2(log, new EventViews(meters, customers), new CustomerLookup(customers));
    }

    @Bean
    public ListMeters listMeters(Meters meters) {
        return new ListMeters(meters);
    }

    @Bean
    public CreateMeter createMeter(Meters meters, Clock clock) {
        return new CreateMeter(meters, new Ulid(clock), clock);
    }

    @Bean
    public GetMeter getMeter(Meters meters) {
        return new GetMeter(new MeterLookup(meters));
    }

    @Bean
    public UpdateMeter updateMeter(Meters meters, Clock clock) {
        return new UpdateMeter(meters, clock);
    }

    @Bean
    public DeleteMeter deleteMeter(Meters meters, Clock clock) {
        return new DeleteMeter(meters, clock);
    }

    @Bean
    public ListMeterSubjects listMeterSubjects(Meters meters, UsageLog log) {
        return new ListMeterSubjects(new MeterLookup(meters), log);
    }

    @Bean
    public ListMeterGroupByValues listMeterGroupByValues(Meters meters, UsageLog log, Clock clock) {
        return new ListMeterGroupByValues(new MeterLookup(meters), log, clock);
    }

    @Bean
    public QueryUsage queryUsage(Meters meters, UsageLog log, Customers customers, Subjects subjects) {
        return new QueryUsage(new MeterLookup(meters), log, new CustomerLookup(customers), subjects);
    }

    @Bean
    public QueryUsageV3 queryUsageV3(Meters meters, UsageLog log, Customers customers) {
        return new QueryUsageV3(new MeterLookup(meters), log, new CustomerLookup(customers));
    }

    @Bean
    public UpsertSubjects upsertSubjects(Subjects subjects, Clock clock) {
        return new UpsertSubjects(subjects, new Ulid(clock), clock);
    }

    @Bean
    public ListSubjects listSubjects(Subjects subjects) {
        return new ListSubjects(subjects);
    }

    @Bean
    public GetSubject getSubject(Subjects subjects) {
        return new GetSubject(subjects);
    }

    @Bean
    public DeleteSubject deleteSubject(Subjects subjects) {
        return new DeleteSubject(subjects);
    }

    @Bean
    public CreateCustomer createCustomer(Customers customers, Subjects subjects, Clock clock) {
        var ids = new Ulid(clock);
        return new CreateCustomer(customers, new CustomerSubjectEntries(subjects, ids), ids, clock);
    }

    @Bean
    public ListCustomers listCustomers(Customers customers) {
        return new ListCustomers(customers);
    }

    @Bean
    public GetCustomer getCustomer(Customers customers) {
        return new GetCustomer(new CustomerLookup(customers));
    }

    @Bean
    public UpdateCustomer updateCustomer(Customers customers, Subjects subjects, Clock clock) {
        return new UpdateCustomer(customers, new CustomerSubjectEntries(subjects, new Ulid(clock)), clock);
    }

    @Bean
    public DeleteCustomer deleteCustomer(Customers customers, Entitlements entitlements, Clock clock) {
        return new DeleteCustomer(customers, entitlements, clock);
    }

    @Bean
    public ListImports listImports(Imports imports) {
        return new ListImports(imports);
    }

    @Bean
    public GetImport getImport(Imports imports) {
        return new GetImport(imports);
    }

    /** Runs before any door opens; without {@code odometer.meters} the store is not asked. */
    @Bean
    public SmartInitializingSingleton declaredMeters(ConfigurableEnvironment environment, Meters meters, Clock clock) {
        return () -> {
            // The binder alone is a twentieth of a function's cold start.
            if (names(environment).anyMatch(name -> METERS.matcher(name).lookingAt())) {
                Binder.get(environment)
                        .bind("odometer.meters", Bindable.listOf(MeterDraft.class))
                        .ifBound((List<MeterDraft> drafts) ->
                                new DeclaredMeters(meters, new Ulid(clock), clock).declare(drafts));
            }
        };
    }

    /** Exports, which can be asked for where there is a place for the files. */
    @Configuration(proxyBeanMethods = false)
    static class ExportFunctions {

        private final ObjectProvider<FileStore> files;
        private final ObjectProvider<WakeUp> timer;
        private final Environment environment;

        ExportFunctions(ObjectProvider<FileStore> files, ObjectProvider<WakeUp> timer, Environment environment) {
            this.files = files;
            this.timer = timer;
            this.environment = environment;
        }

        @Bean
        ExportUsage exportUsage(Exports exports, Meters meters, Clock clock) {
            return new ExportUsage(exports, new MeterLookup(meters), new Ulid(clock), clock, this::writers);
        }

        private WakeUp writers() {
            if (environment.getProperty("odometer.exports.container", "").isEmpty() || files.getIfAvailable() == null) {
                throw Refusal.conflict("exports are not set up: odometer.exports.container names no store of files");
            }
            return timer.getIfAvailable(() -> WakeUp.NONE);
        }

        @Bean
        GetExport getExport(Exports exports) {
            return new GetExport(exports);
        }

        @Bean
        ListExports listExports(Exports exports) {
            return new ListExports(exports);
        }
    }

    private static Stream<String> names(ConfigurableEnvironment environment) {
        return environment.getPropertySources().stream()
                .filter(EnumerablePropertySource.class::isInstance)
                .flatMap(source -> Arrays.stream(((EnumerablePropertySource<?>) source).getPropertyNames()));
    }
}
