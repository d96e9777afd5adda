package dev.odometer.conformance.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.PropertyResolver;

/** The dependency rules, also those that Maven enforces unless a scope changes, and those that it cannot express. */
class ArchitectureTest {

    private static final List<Module> MODULES = Module.all();
    /** The modules that process quantities, from the wire through the domain to the database. */
    private static final List<String> EXACT = List.of(
            "common/functions",
            "common/metering",
            "common/documents",
            "common/views",
            "api-functions",
            "event-functions",
            "adapters/stores/postgres");

    /** Also within a module. */
    static final ArchRule NO_CYCLES = SlicesRuleDefinition.slices()
            .assignedFrom(new SliceAssignment() {
                @Override
                public SliceIdentifier getIdentifierOf(JavaClass type) {
                    return SliceIdentifier.of(type.getPackageName());
                }

                @Override
                public String getDescription() {
                    return "every package";
                }
            })
            .should()
            .beFreeOfCycles();

    static final ArchRule SPRING_IN_MODULE_CLASSES = noClasses()
            .that(DescribedPredicate.describe(
                    "are views or functions, and not the module class of a feature",
                    type -> Stream.of("common/views", "api-functions", "event-functions")
                                    .anyMatch(folder -> in(folder, type))
                            && !type.getName().matches(".*\\.[A-Z]\\w*Module(\\$.*)?")))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.springframework..")
            .as("functions depend on Spring only in the module class of their feature");

    static final ArchRule NO_FLOATING_POINT = ArchRuleDefinition.classes()
            .that(DescribedPredicate.describe(
                    "are in " + EXACT, type -> EXACT.stream().anyMatch(folder -> in(folder, type))))
            .should(new ArchCondition<>("compute exactly") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    FloatingPoint.in(type).forEach(use -> events.add(SimpleConditionEvent.violated(type, use)));
                }
            })
            .as("quantities and amounts are never double or float");

    /** Spring's conversion of a setting fails with a stack trace, and so late that its name is lost. */
    static final ArchRule CHECKED_SETTINGS = noClasses()
            .should()
            .callMethodWhere(DescribedPredicate.describe(
                    "Environment.getProperty with a type",
                    call -> call.getTarget().getName().equals("getProperty")
                            && call.getTarget().getOwner().isAssignableTo(PropertyResolver.class)
                            && call.getTarget().getRawParameterTypes().size() > 1
                            && call.getTarget().getRawParameterTypes().get(1).isEquivalentTo(Class.class)))
            .as("typed settings are read by Settings");

    private static boolean in(String folder, JavaClass type) {
        return new Module(folder).holds(type);
    }

    private static Stream<ArchRule> rules() {
        return Stream.concat(
                Stream.of(NO_CYCLES, SPRING_IN_MODULE_CLASSES, NO_FLOATING_POINT, CHECKED_SETTINGS),
                MODULES.stream().filter(AllowedDependencies::names).map(AllowedDependencies::rule));
    }

    @TestFactory
    Stream<DynamicTest> holds() {
        return rules().map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(MainCode.CLASSES)));
    }

    /** Benchmarks are excluded, since they are built on request only. */
    @Test
    void everyModuleHasAListOfAllowedDependencies() {
        assertThat(MODULES)
                .filteredOn(module -> !module.folder().startsWith("benchmarks"))
                .allMatch(AllowedDependencies::names)
                .hasSizeGreaterThan(15);
    }

    @Test
    void packagesOfAModuleStartWithItsName() {
        assertThat(MODULES)
                .filteredOn(AllowedDependencies::names)
                .allSatisfy(module -> assertThat(module.sourcePackages())
                        .as(module.folder())
                        .isNotEmpty()
                        .allMatch(module::holds));
    }

    @Test
    void everyClassBelongsToOneModuleAndEveryPackageIsChecked() {
        assertThat(MainCode.CLASSES)
                .allSatisfy(type -> assertThat(MODULES.stream().filter(module -> module.holds(type)))
                        .as(type.getName())
                        .hasSize(1));
        assertThat(MODULES.stream()
                        .filter(AllowedDependencies::names)
                        .flatMap(module -> module.sourcePackages().stream()))
                .allSatisfy(name -> assertThat(MainCode.CLASSES.containPackage(name))
                        .as(name)
                        .isTrue());
    }

    @Test
    void artifactIdsContainTheNameOfTheFolder() {
        assertThat(MODULES)
                .allSatisfy(module -> assertThat(module.path().resolve("pom.xml"))
                        .content()
                        .contains("</parent>\n\n    <artifactId>odometer-" + module.name() + "</artifactId>"));
    }

    /** Each rule fails on code that violates it, which is in {@code dev.odometer.*.offender} among the tests. */
    @TestFactory
    Stream<DynamicTest> failsOnAnOffender() {
        JavaClasses offenders = new ClassFileImporter()
                .importPackages("dev.odometer")
                .that(DescribedPredicate.describe(
                        "offenders", type -> type.getPackageName().endsWith(".offender")));
        return rules().map(rule -> DynamicTest.dynamicTest(
                rule.getDescription(),
                () -> assertThatThrownBy(() -> rule.check(offenders)).isInstanceOf(AssertionError.class)));
    }

    @Test
    void findsEveryFormOfFloatingPoint() {
        JavaClass offender =
                new ClassFileImporter().importClass(dev.odometer.metering.usage.offender.UsageOfTheDomain.class);

        assertThat(FloatingPoint.in(offender))
                .extracting(use -> use.replaceFirst("^.*\\.UsageOfTheDomain\\.", ""))
                .contains("boxed: java.lang.Double", "primitive: double", "rounded: a floating-point number");
    }

    /** Prices are the classes in which a binary fraction would do the most harm, so each form has its own method there. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "field",
                "CONSTANT",
                "boxedInAList",
                "result",
                "parameter",
                "local",
                "converted",
                "array",
                "boxedArray",
                "arrays",
                "unboxed",
                "typeOf",
                "function",
                "text"
            })
    void findsFloatingPointIn(String member) {
        JavaClass offender =
                new ClassFileImporter().importClass(dev.odometer.metering.pricing.offender.PriceInDoubles.class);

        assertThat(FloatingPoint.in(offender)).anyMatch(use -> use.contains(".PriceInDoubles." + member + ": "));
    }

    /** A package that does not exist yet is covered, too, since the rule covers modules. */
    @Test
    void billingIsFreeOfFloatingPoint() {
        JavaClasses offenders = new ClassFileImporter()
                .importClasses(
                        dev.odometer.metering.money.offender.MoneyInDoubles.class,
                        dev.odometer.metering.pricing.offender.PriceInDoubles.class,
                        dev.odometer.metering.subscription.offender.SubscriptionInDoubles.class);

        assertThatThrownBy(() -> NO_FLOATING_POINT.check(offenders))
                .hasMessageContaining("MoneyInDoubles.amount: double")
                .hasMessageContaining("PriceInDoubles.field: double")
                .hasMessageContaining("SubscriptionInDoubles.seats: float");
        assertThat(MainCode.CLASSES)
                .filteredOn(type -> EXACT.stream().anyMatch(folder -> in(folder, type)))
                .extracting(JavaClass::getName)
                .contains("dev.odometer.metering.money.Money", "dev.odometer.metering.pricing.Rating");
    }

    @Test
    void failsForAModuleWithoutAList() {
        assertThatThrownBy(() -> AllowedDependencies.rule(new Module("adapters/senders/fax")))
                .hasMessageContaining("AllowedDependencies");
    }
}
