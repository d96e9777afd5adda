// Odometer on Azure Functions: HTTP and one Event Hub, on Flex Consumption, with managed identities instead of Azure keys.
//
// This file was neither compiled nor deployed: no Bicep compiler and no subscription were available. A test compares its
// settings with those of the functions. Run `az bicep build` and `az deployment group what-if` first.
//
// The template does not create PostgreSQL. The app must be able to reach it: over a public endpoint with TLS, or in a subnet.

targetScope = 'resourceGroup'

@description('Prefix of resource names; lower-case letters and digits.')
@minLength(3)
@maxLength(11)
param name string = 'odometer'

param location string = resourceGroup().location

@description('jdbc:postgresql://host:5432/odometer?sslmode=verify-full')
param databaseUrl string

param databaseUser string

@secure()
param databasePassword string

@secure()
@description('SHA-256 digests of the API keys, as name:scope+scope=digest, name=digest or digest, comma-separated.')
@minLength(64)
param apiKeys string

@secure()
@description('Secret that signs the tokens of the portal, at least 32 characters; empty for no portal.')
param portalTokenSecret string = ''

@description('Maximum number of instances. The maximum number of database connections is this times databasePoolSize.')
@minValue(40)
@maxValue(1000)
param mostInstances int = 40

@description('Memory of an instance in MB.')
@allowed([512, 2048, 4096])
param instanceMemory int = 2048

@minValue(1)
param databasePoolSize int = 4

@description('Partitions of the hub; they limit the number of instances that count events concurrently.')
@minValue(1)
@maxValue(32)
param partitions int = 4

@description('Retention of events in the hub, in hours.')
@minValue(1)
@maxValue(168)
param retentionHours int = 168

@description('Subnet of the app, if the database is in a private network; empty for none.')
param subnetId string = ''

@description('Container of the storage account for usage exports; empty for no exports.')
param exportsContainer string = ''

@description('Number of past days to export each night, unless they are exported already; 0 for exports on demand only.')
@minValue(0)
@maxValue(31)
param exportedDays int = 0

@description('IANA name of the time zone for the days and the nightly run of exports.')
param exportsZone string = 'UTC'

@description('Container of the storage account for archived events; empty for no archive.')
param archiveContainer string = ''

@description('Number of days after which events move to the archive; empty to move none.')
param archivedDays string = ''

@description('Retention of dead letters, in days; empty for unlimited.')
param keepParkedDays string = ''

@description('Retention of export records, in days; the exported files are kept. Empty for unlimited.')
param keepExportsDays string = ''

@description('Retention of import records, in days; the imported files are kept. Empty for unlimited.')
param keepImportsDays string = ''

@description('Retention of notifications, in days; a deleted notification is not raised again. Empty for unlimited.')
param keepNotificationsDays string = ''

@description('Whether due notifications are delivered every minute.')
param deliverNotifications bool = true

@description('Whether invoices are drafted and issued every minute without a request.')
param issueInvoices bool = true

@description('How long after its end a billed period is corrected, an ISO 8601 duration.')
param billingHorizon string = 'P3M'

@description('Invoices that are issued from this time on are handed over to Stripe, for example 2026-11-01T00:00:00Z; empty for none.')
param handOffFrom string = ''

@description('Secret or restricted key of Stripe; required with handOffFrom.')
@secure()
param stripeApiKey string = ''

@description('SMTP server for e-mail notifications; empty for none. Azure blocks outbound connections to port 25.')
param emailHost string = ''

@description('Sender of e-mail notifications, for example Odometer <odometer@example.com>; required with emailHost.')
param emailFrom string = ''

@description('Encryption of the SMTP connection; it also selects the port, 587, 465 or 25.')
@allowed(['starttls', 'implicit', 'none'])
param emailTls string = 'starttls'

@description('User name for the SMTP server; empty for no authentication.')
param emailUser string = ''

@secure()
param emailPassword string = ''

var keptDays = '${keepParkedDays}${keepExportsDays}${keepImportsDays}${keepNotificationsDays}'
var hasSchedules = deliverNotifications || issueInvoices || !empty('${exportsContainer}${archivedDays}${keptDays}${handOffFrom}')

@description('Set to true after the code is deployed: Event Grid then notifies the function of files in the container inbox. The function must exist.')
param connectFiles bool = false

var suffix = uniqueString(resourceGroup().id)
var deployments = 'deployments'

var roles = {
  blobOwner: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b' // Storage Blob Data Owner: for the locks and checkpoints of the host
  hubReceiver: 'a638d3c7-ab3a-418d-83e6-5f17a39d4fde' // Azure Event Hubs Data Receiver
  secretsUser: '4633458b-17de-408a-b874-0445c86b69e6' // Key Vault Secrets User
  metricsPublisher: '3913510d-42f4-4e42-8a64-420c390055eb' // Monitoring Metrics Publisher
}

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '${name}-${suffix}'
  location: location
}

resource storage 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: '${name}${suffix}'
  location: location
  kind: 'StorageV2'
  sku: { name: 'Standard_LRS' }
  properties: {
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }

  resource blobs 'blobServices' = {
    name: 'default'

    resource container 'containers' = {
      name: deployments
      properties: { publicAccess: 'None' }
    }

    resource inbox 'containers' = {
      name: 'inbox'
      properties: { publicAccess: 'None' }
    }

    resource untold 'containers' = {
      name: 'untold'
      properties: { publicAccess: 'None' }
    }
  }
}

resource hubs 'Microsoft.EventHub/namespaces@2024-01-01' = {
  name: '${name}-${suffix}'
  location: location
  sku: { name: 'Standard', tier: 'Standard', capacity: 1 }
  properties: {
    disableLocalAuth: true
    minimumTlsVersion: '1.2'
  }

  resource usage 'eventhubs' = {
    name: 'usage'
    properties: {
      partitionCount: partitions
      retentionDescription: { cleanupPolicy: 'Delete', retentionTimeInHours: retentionHours }
    }

    resource group 'consumergroups' = {
      name: 'odometer'
    }
  }
}

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: '${name}${suffix}'
  location: location
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
  }

  resource password 'secrets' = {
    name: 'database-password'
    properties: { value: databasePassword }
  }

  resource keys 'secrets' = {
    name: 'api-keys'
    properties: { value: apiKeys }
  }

  // Key Vault does not accept an empty secret.
  resource portal 'secrets' = {
    name: 'portal-token-secret'
    properties: { value: empty(portalTokenSecret) ? 'none' : portalTokenSecret }
  }

  resource email 'secrets' = {
    name: 'email-password'
    properties: { value: empty(emailPassword) ? 'none' : emailPassword }
  }

  resource stripe 'secrets' = {
    name: 'stripe-api-key'
    properties: { value: empty(stripeApiKey) ? 'none' : stripeApiKey }
  }
}

resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: '${name}-${suffix}'
  location: location
  properties: { sku: { name: 'PerGB2018' }, retentionInDays: 30 }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: '${name}-${suffix}'
  location: location
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: logs.id
    DisableLocalAuth: true
  }
}

resource mayStore 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(storage.id, identity.id, roles.blobOwner)
  scope: storage
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.blobOwner)
  }
}

resource mayReceive 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(hubs::usage.id, identity.id, roles.hubReceiver)
  scope: hubs::usage
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.hubReceiver)
  }
}

resource mayReadPassword 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault::password.id, identity.id, roles.secretsUser)
  scope: vault::password
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.secretsUser)
  }
}

resource mayReadKeys 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault::keys.id, identity.id, roles.secretsUser)
  scope: vault::keys
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.secretsUser)
  }
}

resource mayReadEmail 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault::email.id, identity.id, roles.secretsUser)
  scope: vault::email
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.secretsUser)
  }
}

resource mayReadStripe 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault::stripe.id, identity.id, roles.secretsUser)
  scope: vault::stripe
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.secretsUser)
  }
}

resource mayReadPortal 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault::portal.id, identity.id, roles.secretsUser)
  scope: vault::portal
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.secretsUser)
  }
}

resource mayMeasure 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(insights.id, identity.id, roles.metricsPublisher)
  scope: insights
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.metricsPublisher)
  }
}

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: '${name}-${suffix}'
  location: location
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: '${name}-${suffix}'
  location: location
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identity.id
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    siteConfig: { minTlsVersion: '1.2', http20Enabled: true }
    functionAppConfig: {
      runtime: { name: 'java', version: '17' }
      scaleAndConcurrency: { maximumInstanceCount: mostInstances, instanceMemoryMB: instanceMemory }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${storage.properties.primaryEndpoints.blob}${deployments}'
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identity.id
          }
        }
      }
    }
  }
  dependsOn: [mayStore, mayReceive, mayReadPassword, mayReadKeys, mayReadPortal, mayReadEmail, mayMeasure]

  resource settings 'config' = {
    name: 'appsettings'
    properties: {
      AzureWebJobsStorage__accountName: storage.name
      AzureWebJobsStorage__credential: 'managedidentity'
      AzureWebJobsStorage__clientId: identity.properties.clientId
      APPLICATIONINSIGHTS_CONNECTION_STRING: insights.properties.ConnectionString
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identity.properties.clientId};Authorization=AAD'
      AzureWebJobsDisableHomepage: 'true'
      // The host starts a worker again whose process ended. One that ran out of memory could fail every invocation.
      JAVA_TOOL_OPTIONS: '-XX:+ExitOnOutOfMemoryError'

      ODOMETER_DATABASE_URL: databaseUrl
      ODOMETER_DATABASE_USER: databaseUser
      ODOMETER_DATABASE_PASSWORD: '@Microsoft.KeyVault(SecretUri=${vault::password.properties.secretUri})'
      ODOMETER_DATABASE_POOL_SIZE: string(databasePoolSize)
      ODOMETER_API_KEYS: '@Microsoft.KeyVault(SecretUri=${vault::keys.properties.secretUri})'
      ODOMETER_PORTAL_TOKEN_SECRET: empty(portalTokenSecret) ? '' : '@Microsoft.KeyVault(SecretUri=${vault::portal.properties.secretUri})'

      ODOMETER_AZURE_EVENT_HUBS__fullyQualifiedNamespace: '${hubs.name}.servicebus.windows.net'
      ODOMETER_AZURE_EVENT_HUBS__credential: 'managedidentity'
      ODOMETER_AZURE_EVENT_HUBS__clientId: identity.properties.clientId
      ODOMETER_AZURE_EVENT_HUB: hubs::usage.name
      ODOMETER_AZURE_CONSUMER_GROUP: hubs::usage::group.name

      ODOMETER_FILES_STORE: 'azure'
      ODOMETER_FILES_AZURE_ENDPOINT: storage.properties.primaryEndpoints.blob
      ODOMETER_FILES_AZURE_CLIENT_ID: identity.properties.clientId

      // Disabled triggers. The host requires their settings anyway.
      'AzureWebJobs.eventsFromServiceBus.Disabled': 'true'
      ODOMETER_AZURE_SERVICE_BUS_QUEUE: 'unused'
      'AzureWebJobs.eventsFromKafka.Disabled': 'true'
      ODOMETER_AZURE_KAFKA_TOPIC: 'unused'
      ODOMETER_AZURE_KAFKA_BROKERS: 'unused'
      ODOMETER_AZURE_KAFKA_USER: 'unused'
      ODOMETER_AZURE_KAFKA_PASSWORD: 'unused'
      'AzureWebJobs.eventsFromQueue.Disabled': 'true'
      ODOMETER_AZURE_QUEUE: 'unused'
      'AzureWebJobs.filesFromBlob.Disabled': 'true'
      ODOMETER_AZURE_CONTAINER: 'unused'

      // One timer runs the due schedules every minute.
      'AzureWebJobs.timer.Disabled': hasSchedules ? 'false' : 'true'
      ODOMETER_AZURE_TIMER: '0 * * * * *'
      ODOMETER_AZURE_SCHEDULE: '*'
      ODOMETER_EXPORTS_CONTAINER: exportsContainer
      ODOMETER_EXPORTS_DAYS: string(exportedDays)
      ODOMETER_EXPORTS_ZONE: exportsZone
      ODOMETER_ARCHIVE_CONTAINER: archiveContainer
      ODOMETER_ARCHIVE_EVENTS_DAYS: archivedDays
      ODOMETER_RETENTION_PARKED_DAYS: keepParkedDays
      ODOMETER_RETENTION_EXPORTS_DAYS: keepExportsDays
      ODOMETER_RETENTION_IMPORTS_DAYS: keepImportsDays
      ODOMETER_RETENTION_NOTIFICATIONS_DAYS: keepNotificationsDays
      ODOMETER_NOTIFICATIONS_DELIVER: string(deliverNotifications)
      ODOMETER_BILLING_INVOICE: string(issueInvoices)
      ODOMETER_BILLING_HORIZON: billingHorizon
      ODOMETER_BILLING_HAND_OFF_FROM: handOffFrom
      ODOMETER_STRIPE_API_KEY: empty(stripeApiKey) ? '' : '@Microsoft.KeyVault(SecretUri=${vault::stripe.properties.secretUri})'
      ODOMETER_EMAIL_HOST: emailHost
      ODOMETER_EMAIL_FROM: emailFrom
      ODOMETER_EMAIL_TLS: emailTls
      ODOMETER_EMAIL_USER: emailUser
      ODOMETER_EMAIL_PASSWORD: empty(emailPassword) ? '' : '@Microsoft.KeyVault(SecretUri=${vault::email.properties.secretUri})'
    }
  }
}

// Dead letters of Event Grid: events that it could not deliver to the function within a day are in the container untold.
resource arrivals 'Microsoft.EventGrid/systemTopics@2022-06-15' = {
  name: '${name}-${suffix}'
  location: location
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {} }
  }
  properties: {
    source: storage.id
    topicType: 'Microsoft.Storage.StorageAccounts'
  }

  resource files 'eventSubscriptions' = if (connectFiles) {
    name: 'files'
    properties: {
      destination: {
        endpointType: 'AzureFunction'
        properties: { resourceId: '${app.id}/functions/filesFromEventGrid', maxEventsPerBatch: 1 }
      }
      filter: {
        includedEventTypes: ['Microsoft.Storage.BlobCreated']
        subjectBeginsWith: '/blobServices/default/containers/${storage::blobs::inbox.name}/'
      }
      retryPolicy: { maxDeliveryAttempts: 30, eventTimeToLiveInMinutes: 1440 }
      deadLetterWithResourceIdentity: {
        identity: { type: 'UserAssigned', userAssignedIdentity: identity.id }
        deadLetterDestination: {
          endpointType: 'StorageBlob'
          properties: { resourceId: storage.id, blobContainerName: storage::blobs::untold.name }
        }
      }
    }
  }
}

output url string = 'https://${app.properties.defaultHostName}'
output appName string = app.name
output eventHubsNamespace string = '${hubs.name}.servicebus.windows.net'
