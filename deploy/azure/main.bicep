// Odometer on Azure Functions: HTTP and one Event Hub, on Flex Consumption, without a password or key of Azure's own.
//
// This file was not compiled and not deployed: no Bicep compiler and no subscription were at hand. A test holds its
// settings to the functions' own. Run `az bicep build` and `az deployment group what-if` first.
//
// PostgreSQL is not in it. It has to be reachable from the app: with a public endpoint and TLS, or through a subnet.

targetScope = 'resourceGroup'

@description('In names of what is made; lower case letters and digits.')
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
@description('SHA-256 digests of the keys that may call, in hexadecimal, set apart by commas.')
@minLength(64)
param apiKeys string

@secure()
@description('What the portal signs its tokens with, 32 characters or more; empty for no portal.')
param portalTokenSecret string = ''

@description('An upper bound for the connections to the database, which are this times databasePoolSize.')
@minValue(40)
@maxValue(1000)
param mostInstances int = 40

@description('In MB.')
@allowed([512, 2048, 4096])
param instanceMemory int = 2048

@minValue(1)
param databasePoolSize int = 4

@description('No more instances than partitions count events at a time.')
@minValue(1)
@maxValue(32)
param partitions int = 4

@description('How long the hub keeps what has not been counted, in hours.')
@minValue(1)
@maxValue(168)
param retentionHours int = 168

@description('The subnet of the app, where the database is in a network of its own.')
param subnetId string = ''

@description('A container of the storage that exports of usage are written to; empty for no exports.')
param exportsContainer string = ''

@description('Each night the usage of so many of the last days is exported, where it is not yet.')
@minValue(0)
@maxValue(31)
param exportedDays int = 0

@description('IANA name of the time zone whose days and nights these are.')
param exportsZone string = 'UTC'

@description('What is parked is forgotten after so many days; empty for never.')
param keepParkedDays string = ''

@description('That something was exported is forgotten after so many days, its files are left; empty for never.')
param keepExportsDays string = ''

@description('What rules told is forgotten after so many days, and never told again; empty for never.')
param keepNotificationsDays string = ''

@description('Whether it is looked every minute for notifications to deliver.')
param deliverNotifications bool = true

@description('SMTP server by which notifications go to mailboxes; empty for none. Azure lets nobody out by port 25.')
param emailHost string = ''

@description('Who such mail is from, as in Odometer <odometer@example.com>; needed with emailHost.')
param emailFrom string = ''

@description('How the connection to the SMTP server is kept private, which also says its port, 587, 465 or 25.')
@allowed(['starttls', 'implicit', 'none'])
param emailTls string = 'starttls'

@description('Who logs in there; empty for nobody.')
param emailUser string = ''

@secure()
param emailPassword string = ''

var keptDays = '${keepParkedDays}${keepExportsDays}${keepNotificationsDays}'
var hasSchedules = deliverNotifications || !empty('${exportsContainer}${keptDays}')

@description('True once the code is deployed: files that land in the container inbox are then told to its function, which has to be there.')
param connectFiles bool = false

var suffix = uniqueString(resourceGroup().id)
var deployments = 'deployments'

var roles = {
  blobOwner: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b' // Storage Blob Data Owner: the host's locks and checkpoints
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

  // A secret cannot be empty.
  resource portal 'secrets' = {
    name: 'portal-token-secret'
    properties: { value: empty(portalTokenSecret) ? 'none' : portalTokenSecret }
  }

  resource email 'secrets' = {
    name: 'email-password'
    properties: { value: empty(emailPassword) ? 'none' : emailPassword }
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

      // The triggers that are not used. The host looks for their settings all the same.
      'AzureWebJobs.usageFromServiceBus.Disabled': 'true'
      ODOMETER_AZURE_SERVICE_BUS_QUEUE: 'unused'
      'AzureWebJobs.usageFromKafka.Disabled': 'true'
      ODOMETER_AZURE_KAFKA_TOPIC: 'unused'
      ODOMETER_AZURE_KAFKA_BROKERS: 'unused'
      ODOMETER_AZURE_KAFKA_USER: 'unused'
      ODOMETER_AZURE_KAFKA_PASSWORD: 'unused'
      'AzureWebJobs.usageFromQueue.Disabled': 'true'
      ODOMETER_AZURE_QUEUE: 'unused'
      'AzureWebJobs.filesFromBlob.Disabled': 'true'
      ODOMETER_AZURE_CONTAINER: 'unused'

      // One timer looks every minute which of the schedules are due.
      'AzureWebJobs.timer.Disabled': hasSchedules ? 'false' : 'true'
      ODOMETER_AZURE_TIMER: '0 * * * * *'
      ODOMETER_AZURE_SCHEDULE: '*'
      ODOMETER_EXPORTS_CONTAINER: exportsContainer
      ODOMETER_EXPORTS_DAYS: string(exportedDays)
      ODOMETER_EXPORTS_ZONE: exportsZone
      ODOMETER_RETENTION_PARKED_DAYS: keepParkedDays
      ODOMETER_RETENTION_EXPORTS_DAYS: keepExportsDays
      ODOMETER_RETENTION_NOTIFICATIONS_DAYS: keepNotificationsDays
      ODOMETER_NOTIFICATIONS_DELIVER: string(deliverNotifications)
      ODOMETER_EMAIL_HOST: emailHost
      ODOMETER_EMAIL_FROM: emailFrom
      ODOMETER_EMAIL_TLS: emailTls
      ODOMETER_EMAIL_USER: emailUser
      ODOMETER_EMAIL_PASSWORD: empty(emailPassword) ? '' : '@Microsoft.KeyVault(SecretUri=${vault::email.properties.secretUri})'
    }
  }
}

// What Event Grid could not tell the function in a day lies in the container untold.
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
