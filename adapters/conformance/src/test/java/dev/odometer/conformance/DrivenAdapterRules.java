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
                    "dev.odometer.local.http..",
                    "dev.odometer.kafka.worker..",
                    "dev.odometer.aws.lambda..",
                    "dev.odometer.azure.functions..",
                    "dev.odometer.google.cloud..",
                    "dev.odometer.postgres..",
                    "dev.odometer.metering.meter..",
                    "dev.odometer.metering.usage..",
                    "dev.odometer.metering.customer..",
                    "dev.odometer.api.functions..",
                    "dev.odometer.event.functions..",
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
                    "dev.odometer.local.http..",
                    "dev.odometer.kafka.worker..",
                    "dev.odometer.aws.lambda..",
                    "dev.odometer.azure.functions..",
                    "dev.odometer.google.cloud..",
                    "dev.odometer.postgres..",
                    "dev.odometer.files..",
                    "dev.odometer.metering.meter..",
                    "dev.odometer.metering.usage..",
                    "dev.odometer.metering.customer..",
                    "dev.odometer.metering.entitlement..",
                    "dev.odometer.api.functions..",
                    "dev.odometer.event.functions..",
                    "java.sql..")
            .as("a courier implements a port of common and knows no door, no function and no database");

    static final ArchRule COURIERS_DO_NOT_KNOW_EACH_OTHER = SlicesRuleDefinition.slices()
            .matching("dev.odometer.(webhook|email)..")
            .should()
            .notDependOnEachOther()
            .as("a courier knows no other");
}
