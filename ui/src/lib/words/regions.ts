// The regions of AWS with their names, to choose from; any other may be typed. Source: AWS General Reference, “AWS
// service endpoints”, and the lists for China and GovCloud.

import { matches } from "./match";

const names = new Map<string, string>([
  ["us-east-1", "N. Virginia"],
  ["us-east-2", "Ohio"],
  ["us-west-1", "N. California"],
  ["us-west-2", "Oregon"],
  ["eu-central-1", "Frankfurt"],
  ["eu-central-2", "Zurich"],
  ["eu-north-1", "Stockholm"],
  ["eu-south-1", "Milan"],
  ["eu-south-2", "Spain"],
  ["eu-west-1", "Ireland"],
  ["eu-west-2", "London"],
  ["eu-west-3", "Paris"],
  ["af-south-1", "Cape Town"],
  ["ap-east-1", "Hong Kong"],
  ["ap-east-2", "Taipei"],
  ["ap-northeast-1", "Tokyo"],
  ["ap-northeast-2", "Seoul"],
  ["ap-northeast-3", "Osaka"],
  ["ap-south-1", "Mumbai"],
  ["ap-south-2", "Hyderabad"],
  ["ap-southeast-1", "Singapore"],
  ["ap-southeast-2", "Sydney"],
  ["ap-southeast-3", "Jakarta"],
  ["ap-southeast-4", "Melbourne"],
  ["ap-southeast-5", "Malaysia"],
  ["ap-southeast-6", "New Zealand"],
  ["ap-southeast-7", "Thailand"],
  ["ca-central-1", "Central Canada"],
  ["ca-west-1", "Calgary"],
  ["il-central-1", "Tel Aviv"],
  ["me-central-1", "UAE"],
  ["me-south-1", "Bahrain"],
  ["mx-central-1", "Mexico"],
  ["sa-east-1", "São Paulo"],
  ["cn-north-1", "Beijing"],
  ["cn-northwest-1", "Ningxia"],
  ["us-gov-east-1", "GovCloud East"],
  ["us-gov-west-1", "GovCloud West"],
  ["eusc-de-east-1", "Sovereign Cloud Germany"],
]);

export const REGIONS: readonly string[] = [...names.keys()];

/** `Ireland`; empty for one that is not in the list. */
export const regionName = (region: string): string => names.get(region) ?? "";

/** Those that a text matches; where none does, what was typed, because there may be newer ones. */
export function regionsFor(text: string): string[] {
  const typed = text.trim().toLowerCase();
  const found = REGIONS.filter((region) => matches(`${region} ${regionName(region)}`, typed));
  return found.length > 0 || /\s/.test(typed) ? found : [typed];
}
