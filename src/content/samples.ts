/** The object that is there before you bring one of your own. All in it is invented. */
export const SAMPLE = {
  name: 'report.txt',
  type: 'text/plain',
  text: `Lanternfish Bakery, Harbour Lane
Report for the third quarter

Dear Mira,

the seaweed rolls were a success: 412 sold, four times as many as the lighthouse tarts. We bought a second oven, which the team calls Bertha. The recipe stays secret, so please keep this note among us until the fair in spring.

Next quarter: a night market stall, and a smaller sign.

With warm regards,
Odo Pennywhistle
`,
} as const;
