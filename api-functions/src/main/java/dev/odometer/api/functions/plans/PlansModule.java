package dev.odometer.api.functions.plans;

import dev.odometer.api.functions.pricing.TermsCheck;
import dev.odometer.functions.binding.Documents;
import dev.odometer.functions.route.Body;
import dev.odometer.functions.route.Route;
import dev.odometer.functions.route.Routes;
import dev.odometer.metering.entitlement.Features;
import dev.odometer.metering.pricing.Plans;
import dev.odometer.metering.resource.Ulid;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Plans, to which customers subscribe. */
@AutoConfiguration
public class PlansModule {

    @Bean
    Routes planRoutes() {
        String plan = "/api/v1/plans/{planId}";
        return new Routes(List.of(
                Route.get("/api/v1/plans", "listPlans")
                        .queryList("id", "key", "status", "currency")
                        .queryMap("keyVersion")
                        .query("includeDeleted", "orderBy", "order", "page", "pageSize"),
                Route.post("/api/v1/plans", "createPlan")
                        .body(Body.FIELDS)
                        .answers(201)
                        .refusingUnknownFields(),
                Route.get(plan, "getPlan").query("includeLatest"),
                Route.put(plan, "updatePlan").body(Body.FIELDS).refusingUnknownFields(),
                Route.delete(plan, "deletePlan"),
                Route.post(plan + "/publish", "publishPlan"),
                Route.post(plan + "/archive", "archivePlan"),
                Route.post("/api/v1/plans/{planIdOrKey}/next", "nextPlan").answers(201)));
    }

    @Bean
    TermsCheck termsCheck(Features features, ObjectProvider<Documents> json) {
        return new TermsCheck(features, json::getObject);
    }

    @Bean
    ListPlans listPlans(Plans plans, TermsCheck check, Clock clock) {
        return new ListPlans(plans, check, clock);
    }

    @Bean
    CreatePlan createPlan(Plans plans, TermsCheck check, Clock clock) {
        return new CreatePlan(plans, check, new Ulid(clock), clock);
    }

    @Bean
    GetPlan getPlan(Plans plans, TermsCheck check, Clock clock) {
        return new GetPlan(plans, check, clock);
    }

    @Bean
    UpdatePlan updatePlan(Plans plans, TermsCheck check, Clock clock) {
        return new UpdatePlan(plans, check, clock);
    }

    @Bean
    DeletePlan deletePlan(Plans plans, Clock clock) {
        return new DeletePlan(plans, clock);
    }

    @Bean
    PublishPlan publishPlan(Plans plans, TermsCheck check, Clock clock) {
        return new PublishPlan(plans, check, clock);
    }

    @Bean
    ArchivePlan archivePlan(Plans plans, TermsCheck check, Clock clock) {
        return new ArchivePlan(plans, check, clock);
    }

    @Bean
    NextPlan nextPlan(Plans plans, TermsCheck check, Clock clock) {
        return new NextPlan(plans, check, new Ulid(clock), clock);
    }
}
