package dev.odometer.conformance;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The dependency rules that Maven's scopes cannot say, or would stop saying if somebody changed a scope. */
class ArchitectureTest {

    private static final String[] BILLING = {
        "dev.odometer.metering.meter..",
        "dev.odometer.metering.usage..",
        "dev.odometer.metering.customer..",
        "dev.odometer.metering.imports..",
        "dev.odometer.metering.resource..",
        "dev.odometer.metering.export..",
        "dev.odometer.metering.entitlement..",
        "dev.odometer.metering.notification..",
        "dev.odometer.metering.portal..",
        "dev.odometer.views..",
        "dev.odometer.api.functions..",
        "dev.odometer.event.functions.."
    };
    private static final String[] DOMAIN = {
        "dev.odometer.metering.meter..",
        "dev.odometer.metering.usage..",
        "dev.odometer.metering.customer..",
        "dev.odometer.metering.imports..",
        "dev.odometer.metering.resource..",
        "dev.odometer.functions.refusal..",
        "dev.odometer.functions.binding..",
        "dev.odometer.functions.retry..",
        "dev.odometer.functions.digest..",
        "dev.odometer.functions.deadletter..",
        "dev.odometer.functions.schedule..",
        "dev.odometer.metering.export..",
        "dev.odometer.metering.entitlement..",
        "dev.odometer.metering.notification..",
        "dev.odometer.metering.portal..",
        "dev.odometer.functions.file.."
    };
    private static final String[] DRIVING = {
        "dev.odometer.door..",
        "dev.odometer.local.http..",
        "dev.odometer.kafka.worker..",
        "dev.odometer.aws.lambda..",
        "dev.odometer.azure.functions..",
        "dev.odometer.google.cloud.."
    };

    private static final JavaClasses ODOMETER = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("dev.odometer");

    static final ArchRule COMMON_IS_PLAIN_JAVA = classes()
            .that()
            .resideInAnyPackage(DOMAIN)
            .should()
            .onlyDependOnClassesThat(allowed("the JDK, jspecify and itself", DOMAIN, "java..", "org.jspecify.."))
            .as("common depends on the JDK and jspecify only");

    static final ArchRule DRIVING_ADAPTERS_KNOW_NO_BILLING = noClasses()
            .that()
            .resideInAnyPackage(DRIVING)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(BILLING)
            .as("a driving adapter names no billing class");

    static final ArchRule FUNCTIONS_KNOW_NO_ADAPTER = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.odometer.views..", "dev.odometer.api.functions..", "dev.odometer.event.functions..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.odometer.door..",
                    "dev.odometer.local.http..",
                    "dev.odometer.aws.lambda..",
                    "dev.odometer.azure.functions..",
                    "dev.odometer.google.cloud..",
                    "dev.odometer.postgres..",
                    "dev.odometer.files..",
                    "dev.odometer.webhook..",
                    "dev.odometer.email..",
                    "com.amazonaws..",
                    "com.google.cloud..",
                    "com.microsoft..",
                    "software.amazon..",
                    "java.sql..",
                    "javax.sql..",
                    "tools.jackson..",
                    "com.fasterxml..")
            .as("a function names no adapter, no database and no JSON library");

    static final ArchRule SPRING_IN_MODULES = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.odometer.views..", "dev.odometer.api.functions..", "dev.odometer.event.functions..")
            .and()
            .haveNameNotMatching("dev\\.odometer\\.(api|events)(\\.[a-z]+)?\\.[A-Z][A-Za-z]+Module")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.springframework..")
            .as("in the function modules only classes named …Module see Spring");

    static final ArchRule POSTGRES_KNOWS_NO_DOOR = noClasses()
            .that()
            .resideInAPackage("dev.odometer.postgres..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.odometer.door..",
                    "dev.odometer.local.http..",
                    "dev.odometer.aws.lambda..",
                    "dev.odometer.azure.functions..",
                    "dev.odometer.google.cloud..",
                    "dev.odometer.views..",
                    "dev.odometer.api.functions..",
                    "dev.odometer.event.functions..")
            .as("the database adapter implements common's ports and nothing else");

    static final ArchRule THE_INTAKE_KNOWS_ONLY_THE_DOORS_JSON = noClasses()
            .that()
            .resideInAPackage("dev.odometer.kafka.intake..")
            .and()
            // The order of start: its bean has to be there first, or last.
            .haveNameNotMatching(".*Configuration")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.odometer.door",
                    "dev.odometer.door.event..",
                    "dev.odometer.door.function..",
                    "dev.odometer.door.problem..",
                    "dev.odometer.door.request..",
                    "dev.odometer.door.route..",
                    "dev.odometer.door.start..",
                    "dev.odometer.local.http..",
                    "dev.odometer.postgres..",
                    "dev.odometer.api.functions..",
                    "dev.odometer.event.functions..")
            .as("the way to Kafka implements a port of common and shares the door's JSON, nothing else");

    static final ArchRule THE_DOOR_KNOWS_NO_PLATFORM = noClasses()
            .that()
            .resideInAPackage("dev.odometer.door..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.odometer.local.http..",
                    "dev.odometer.aws.lambda..",
                    "dev.odometer.azure.functions..",
                    "dev.odometer.google.cloud..",
                    "dev.odometer.postgres..",
                    "dev.odometer.kafka.intake..",
                    "dev.odometer.files..",
                    "dev.odometer.webhook..",
                    "dev.odometer.email..",
                    "com.amazonaws..",
                    "com.google.cloud..",
                    "com.microsoft..",
                    "software.amazon..",
                    "jakarta.servlet..",
                    "org.apache..",
                    "java.sql..",
                    "javax.sql..")
            .as("the door knows no platform");

    static final ArchRule ADAPTERS_DO_NOT_KNOW_EACH_OTHER = SlicesRuleDefinition.slices()
            .matching("dev.odometer.(local|kafka|lambda|azure|google)..")
            .should()
            .notDependOnEachOther()
            .as("a driving adapter knows no other");

    static final ArchRule NO_CYCLES = SlicesRuleDefinition.slices()
            .matching("dev.odometer.(*)..")
            .should()
            .beFreeOfCycles();

    static final ArchRule NO_FLOATS = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.odometer.metering.usage..",
                    "dev.odometer.postgres..",
                    "dev.odometer.views..",
                    "dev.odometer.api.functions..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.lang.Double")
            .as("no double touches a quantity");

    private static final List<ArchRule> RULES = List.of(
            COMMON_IS_PLAIN_JAVA,
            DRIVING_ADAPTERS_KNOW_NO_BILLING,
            FUNCTIONS_KNOW_NO_ADAPTER,
            SPRING_IN_MODULES,
            POSTGRES_KNOWS_NO_DOOR,
            THE_INTAKE_KNOWS_ONLY_THE_DOORS_JSON,
            DrivenAdapterRules.STORES_OF_FILES_KNOW_THE_PORT_ONLY,
            DrivenAdapterRules.STORES_OF_FILES_DO_NOT_KNOW_EACH_OTHER,
            DrivenAdapterRules.COURIERS_KNOW_THE_PORT_ONLY,
            DrivenAdapterRules.COURIERS_DO_NOT_KNOW_EACH_OTHER,
            THE_DOOR_KNOWS_NO_PLATFORM,
            ADAPTERS_DO_NOT_KNOW_EACH_OTHER,
            NO_CYCLES,
            NO_FLOATS);

    private static DescribedPredicate<JavaClass> allowed(String words, String[] own, String... more) {
        String[] packages = Stream.concat(Stream.of(own), Stream.of(more)).toArray(String[]::new);
        return JavaClass.Predicates.resideInAnyPackage(packages)
                .or(DescribedPredicate.describe("primitive or array", c -> c.isPrimitive() || c.isArray()))
                .as(words);
    }

    @TestFactory
    Stream<DynamicTest> holds() {
        return RULES.stream().map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(ODOMETER)));
    }

    @Test
    void looksAtEveryModule() {
        List<String> modules = List.of(
                "meter",
                "usage",
                "customer",
                "imports",
                "entitlement",
                "notification",
                "refusal",
                "binding",
                "retry",
                "digest",
                "parking",
                "resource",
                "view",
                "api",
                "events",
                "door",
                "postgres",
                "intake",
                "files.folder",
                "files.http",
                "files.s3",
                "files.google",
                "files.azure",
                "webhook",
                "email",
                "local",
                "kafka",
                "lambda",
                "azure",
                "google");

        assertThat(modules)
                .allSatisfy(module -> assertThat(
                                ODOMETER.stream().filter(c -> c.getPackageName().startsWith("dev.odometer." + module)))
                        .isNotEmpty());
    }

    /** Each rule fails on code that breaks it; the code stands in {@code dev.odometer.*.offender} among the tests. */
    @TestFactory
    Stream<DynamicTest> failsOnAnOffender() {
        JavaClasses offenders = new ClassFileImporter()
                .importPackages("dev.odometer")
                .that(DescribedPredicate.describe(
                        "offenders", c -> c.getPackageName().endsWith(".offender")));
        return RULES.stream()
                .map(rule -> DynamicTest.dynamicTest(
                        rule.getDescription(),
                        () -> assertThatThrownBy(() -> rule.check(offenders)).isInstanceOf(AssertionError.class)));
    }
}
