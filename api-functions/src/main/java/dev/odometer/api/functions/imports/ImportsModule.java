package dev.odometer.api.functions.imports;

import dev.odometer.functions.route.Route;
import dev.odometer.functions.route.Routes;
import dev.odometer.metering.imports.Imports;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Imports of files and their progress; event-functions run them. */
@AutoConfiguration
public class ImportsModule {

    @Bean
    Routes importRoutes() {
        return new Routes(List.of(
                Route.get("/api/v1/imports", "listImports").query("page", "pageSize", "status"),
                Route.get("/api/v1/imports/{importId}", "getImport")));
    }

    @Bean
    ListImports listImports(Imports imports) {
        return new ListImports(imports);
    }

    @Bean
    GetImport getImport(Imports imports) {
        return new GetImport(imports);
    }
}
