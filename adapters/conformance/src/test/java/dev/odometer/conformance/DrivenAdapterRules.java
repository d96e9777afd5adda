package dev.odometer.conformance;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

/** What adapters that implement ports may know; checked with the others by {@link ArchitectureTest}. */
final class DrivenAdapterRules {

    private DrivenAdapterRules() {}

    static final ArchRule STORES_OF_FILES_KNOW_THE_PORT_ONLY = noClasses()
            .that()
            .resideInAPackage("dev.odometer.files..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.odometer.door..",
                    "dev.odometer.local..",
                    "dev.odometer.kafka..",
                    "dev.odometer.lambda..",
                    "dev.odometer.azure..",
                    "dev.odometer.google..",
                    "dev.odometer.postgres..",
                    "dev.odometer.meter..",
                    "dev.odometer.usage..",
                    "dev.odometer.customer..",
                    "dev.odometer.api..",
                    "dev.odometer.events..",
                    "java.sql..")
            .as("a store of files implements a port of common and knows no door, no function and no database");

    static final ArchRule STORES_OF_FILES_DO_NOT_KNOW_EACH_OTHER = SlicesRuleDefinition.slices()
            .matching("dev.odometer.files.(folder|s3|azure|google)..")
            .should()
            .notDependOnEachOther()
            .as("a store of files knows no other");

    static final ArchRule COURIERS_KNOW_THE_PORT_ONLY = noClasses()
            .that()
            .resideInAnyPackage("dev.odometer.webhook..", "dev.odometer.email..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.odometer.door..",
                    "dev.odometer.local..",
                    "dev.odometer.kafka..",
                    "dev.odometer.lambda..",
                    "dev.odometer.azure..",
                    "dev.odometer.google..",
                    "dev.odometer.postgres..",
                    "dev.odometer.files..",
                    "dev.odometer.meter..",
                    "dev.odometer.usage..",
                    "dev.odometer.customer..",
                    "dev.odometer.entitlement..",
                    "dev.odometer.api..",
                    "dev.odometer.events..",
                    "java.sql..")
            .as("a courier implements a port of common and knows no door, no function and no database");

    static final ArchRule COURIERS_DO_NOT_KNOW_EACH_OTHER = SlicesRuleDefinition.slices()
            .matching("dev.odometer.(webhook|email)..")
            .should()
            .notDependOnEachOther()
            .as("a courier knows no other");
}
